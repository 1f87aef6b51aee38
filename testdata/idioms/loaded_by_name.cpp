// A loader's variables bear the names of the driver's functions: what sets them calls nothing.
typedef int CUresult;
typedef CUresult unpins(void *p);
typedef CUresult frees(void *p);
typedef CUresult pins(void *p, unsigned long bytes, unsigned flags);
extern unpins *cuMemHostUnregister;
extern frees *cuMemFreeHost;
extern pins *cuMemHostRegister;

extern "C" void *dlsym(void *library, const char *name);
static void *library;

#define FIND(type, name) name = (type *)dlsym(library, #name)

unpins *cuMemHostUnregister;
frees *cuMemFreeHost;
pins *cuMemHostRegister;

int load()
{
    FIND(unpins, cuMemHostUnregister);
    FIND(frees, cuMemFreeHost);
    FIND(pins, cuMemHostRegister);
    return cuMemHostUnregister && cuMemFreeHost && cuMemHostRegister;
}
