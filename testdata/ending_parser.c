/* Stands for a libclang that ends its process as soon as it is loaded, as a sanitizer would. */
#include <unistd.h>

__attribute__((constructor)) static void end(void)
{
    _exit(7);
}
