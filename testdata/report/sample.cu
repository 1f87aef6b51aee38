// The source behind the findings of checker/report/report_test.c.
#include <cuda_runtime.h>

int pin(size_t n)
{
	char *p; // größer 漢字
	cudaMallocHost((void **)&p, n);
	cudaError_t e = cudaHostRegister(p, n, /* 漢 */ cudaHostRegisterPortable);
	if (e != cudaSuccess)
		return 1;
	free(p);
	cudaHostUnregister(p); // NOLINT(unregister-unregistered)
	cudaHostRegister(p,
	                 n,
	                 0);
	return 0;
}
