/* Memory of a static, registered when it is first wanted. */
#include <cuda_runtime.h>
#include <stdbool.h>

static unsigned table[4096], scratch[4096];
static bool table_is_registered;

static bool register_table(void)
{
    if (!table_is_registered)
        table_is_registered = cudaHostRegister(table, sizeof table, 0) == cudaSuccess;
    return table_is_registered;
}

void release_table(void)
{
    if (table_is_registered)
        (void)cudaHostUnregister(table);
    table_is_registered = false;
}

/* Right: where it fails, whoever ends the program calls release_table. */
int uses_table(void)
{
    void *on_device = NULL;
    if (!register_table() || cudaHostGetDevicePointer(&on_device, table, 0) != cudaSuccess)
        return -1;
    release_table();
    return 0;
}

int uses_scratch(void)
{
    void *on_device = NULL;
    if (cudaHostRegister(scratch, sizeof scratch, 0) != cudaSuccess) /* expect: register-leak */
        return -1;
    if (cudaHostGetDevicePointer(&on_device, scratch, 0) != cudaSuccess)
        return -1;
    (void)cudaHostUnregister(scratch);
    return 0;
}
