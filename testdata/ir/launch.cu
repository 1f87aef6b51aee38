// Kernel launches; code of the device is left alone.
__global__ void scale(float *p, int n) { p[threadIdx.x] *= n; }
template <class T> __global__ void fill(T *p, T value) { *p = value; }
__device__ int on_device(int *p) { return *p; }
__host__ __device__ int on_both(int n) { return n + 1; }

int launch(float *p, int n, cudaStream_t stream)
{
    dim3 grid(n / 32, 2);
    scale<<<grid, 32, 0, stream>>>(p, on_both(n));
    fill<float><<<1, n>>>(p, 2);
    void (*kernel)(float *, int) = scale;
    kernel<<<1, 1>>>(p, n);
    auto lambda = [=] __device__(int i) { p[i] = 0; };
    (void)lambda;
    cudaHostRegister(p, n * sizeof(float), cudaHostRegisterMapped);
    return cudaGetLastError();
}
