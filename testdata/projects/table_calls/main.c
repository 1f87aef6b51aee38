#include "memory.h"

int main(void)
{
    return endpoint_open(4096) || endpoint_open_plain(4096);
}
