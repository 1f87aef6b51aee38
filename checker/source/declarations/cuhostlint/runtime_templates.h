/* The overloads that C++ has of the runtime's functions: pointers of any type, kernels of any
 * signature, symbols by reference. */
#ifndef CUHOSTLINT_RUNTIME_TEMPLATES_H
#define CUHOSTLINT_RUNTIME_TEMPLATES_H

#include "cuda_runtime_api.h"

/* memory */
template <class T> cudaError_t cudaMalloc(T **, size_t);
template <class T> cudaError_t cudaMallocHost(T **, size_t, unsigned int = 0);
cudaError_t cudaMallocHost(void **, size_t, unsigned int);
template <class T> cudaError_t cudaHostAlloc(T **, size_t, unsigned int);
template <class T> cudaError_t cudaHostGetDevicePointer(T **, void *, unsigned int);
template <class T> cudaError_t cudaMallocManaged(T **, size_t, unsigned int = cudaMemAttachGlobal);
template <class T> cudaError_t cudaMallocPitch(T **, size_t *, size_t, size_t);
template <class T> cudaError_t cudaMallocAsync(T **, size_t, cudaStream_t);
template <class T> cudaError_t cudaMallocAsync(T **, size_t, cudaMemPool_t, cudaStream_t);
template <class T> cudaError_t cudaMallocFromPoolAsync(T **, size_t, cudaMemPool_t, cudaStream_t);
template <class T>
cudaError_t cudaStreamAttachMemAsync(cudaStream_t, T *, size_t = 0,
                                     unsigned int = cudaMemAttachSingle);
cudaError_t cudaMallocAsync(void **, size_t, cudaMemPool_t, cudaStream_t);

/* symbols */
template <class T> cudaError_t cudaGetSymbolAddress(void **, const T &);
template <class T> cudaError_t cudaGetSymbolSize(size_t *, const T &);
template <class T>
cudaError_t cudaMemcpyToSymbol(const T &, const void *, size_t, size_t = 0,
                               enum cudaMemcpyKind = cudaMemcpyHostToDevice);
template <class T>
cudaError_t cudaMemcpyToSymbolAsync(const T &, const void *, size_t, size_t = 0,
                                    enum cudaMemcpyKind = cudaMemcpyHostToDevice, cudaStream_t = 0);
template <class T>
cudaError_t cudaMemcpyFromSymbol(void *, const T &, size_t, size_t = 0,
                                 enum cudaMemcpyKind = cudaMemcpyDeviceToHost);
template <class T>
cudaError_t cudaMemcpyFromSymbolAsync(void *, const T &, size_t, size_t = 0,
                                      enum cudaMemcpyKind = cudaMemcpyDeviceToHost,
                                      cudaStream_t = 0);

/* kernels */
template <class T>
cudaError_t cudaLaunchKernel(T *, dim3, dim3, void **, size_t = 0, cudaStream_t = 0);
template <class T>
cudaError_t cudaLaunchCooperativeKernel(T *, dim3, dim3, void **, size_t = 0, cudaStream_t = 0);
template <class T> cudaError_t cudaFuncSetCacheConfig(T *, enum cudaFuncCache);
template <class T> cudaError_t cudaFuncSetSharedMemConfig(T *, enum cudaSharedMemConfig);
template <class T> cudaError_t cudaFuncGetAttributes(struct cudaFuncAttributes *, T *);
template <class T> cudaError_t cudaFuncSetAttribute(T *, enum cudaFuncAttribute, int);
template <class T> cudaError_t cudaFuncGetName(const char **, T *);
template <class T> cudaError_t cudaGetFuncBySymbol(cudaFunction_t *, T *);
template <class T> cudaError_t cudaGetKernel(cudaKernel_t *, T *);
template <class T> cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int *, T, int, size_t);
template <class T>
cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessorWithFlags(int *, T, int, size_t,
                                                                   unsigned int);
template <class T>
cudaError_t cudaOccupancyMaxPotentialBlockSize(int *, int *, T, size_t = 0, int = 0);
template <class T>
cudaError_t cudaOccupancyMaxPotentialBlockSizeWithFlags(int *, int *, T, size_t = 0, int = 0,
                                                        unsigned int = 0);
template <class F, class T>
cudaError_t cudaOccupancyMaxPotentialBlockSizeVariableSMem(int *, int *, T, F, int = 0);
template <class T> cudaError_t cudaOccupancyAvailableDynamicSMemPerBlock(size_t *, T *, int, int);
template <class T>
cudaError_t cudaOccupancyMaxActiveClusters(int *, T *, const cudaLaunchConfig_t *);
template <class T>
cudaError_t cudaOccupancyMaxPotentialClusterSize(int *, T *, const cudaLaunchConfig_t *);
#if __cplusplus >= 201103L
template <class... Parameters, class... Arguments>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t *, void (*)(Parameters...),
                               Arguments &&...);
template <class... Parameters>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t *, const cudaKernel_t, Parameters &&...);
#endif

/* events and graphs */
cudaError_t cudaEventCreate(cudaEvent_t *, unsigned int);
template <class T>
cudaError_t cudaGraphAddMemcpyNodeToSymbol(cudaGraphNode_t *, cudaGraph_t, const cudaGraphNode_t *,
                                           size_t, const T &, const void *, size_t, size_t,
                                           enum cudaMemcpyKind);
template <class T>
cudaError_t cudaGraphAddMemcpyNodeFromSymbol(cudaGraphNode_t *, cudaGraph_t,
                                             const cudaGraphNode_t *, size_t, void *, const T &,
                                             size_t, size_t, enum cudaMemcpyKind);
template <class T>
cudaError_t cudaUserObjectCreate(cudaUserObject_t *, T *, unsigned int, unsigned int);

/* textures and surfaces */
template <class T> T tex1Dfetch(cudaTextureObject_t, int);
template <class T> T tex1D(cudaTextureObject_t, float);
template <class T> T tex2D(cudaTextureObject_t, float, float);
template <class T> T tex3D(cudaTextureObject_t, float, float, float);
template <class T> T tex2DLayered(cudaTextureObject_t, float, float, int);
template <class T> T texCubemap(cudaTextureObject_t, float, float, float);
template <class T> T tex2DLod(cudaTextureObject_t, float, float, float);
template <class T> void tex1Dfetch(T *, cudaTextureObject_t, int);
template <class T> void tex2D(T *, cudaTextureObject_t, float, float);
template <class T> void surf1Dwrite(T, cudaSurfaceObject_t, int, int = 0);
template <class T> void surf2Dwrite(T, cudaSurfaceObject_t, int, int, int = 0);
template <class T> void surf3Dwrite(T, cudaSurfaceObject_t, int, int, int, int = 0);
template <class T> T surf1Dread(cudaSurfaceObject_t, int, int = 0);
template <class T> T surf2Dread(cudaSurfaceObject_t, int, int, int = 0);
template <class T> void surf2Dread(T *, cudaSurfaceObject_t, int, int, int = 0);

/* texture references, of CUDA 11 and before */
template <class T, int Type = cudaTextureType1D,
          enum cudaTextureReadMode Mode = cudaReadModeElementType>
struct texture : public textureReference {
    texture(int = 0, enum cudaTextureFilterMode = cudaFilterModePoint,
            enum cudaTextureAddressMode = cudaAddressModeClamp)
    {
    }
};
template <class T, int Type = 1> struct surface : public surfaceReference {
};
template <class T, int N, enum cudaTextureReadMode M> T tex1Dfetch(texture<T, N, M>, int);
template <class T, int N, enum cudaTextureReadMode M> T tex1D(texture<T, N, M>, float);
template <class T, int N, enum cudaTextureReadMode M> T tex2D(texture<T, N, M>, float, float);
template <class T, int N, enum cudaTextureReadMode M>
T tex3D(texture<T, N, M>, float, float, float);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTexture(size_t *, const texture<T, N, M> &, const void *,
                            const cudaChannelFormatDesc &, size_t = ~0U);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTexture(size_t *, const texture<T, N, M> &, const void *, size_t = ~0U);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTexture2D(size_t *, const texture<T, N, M> &, const void *,
                              const cudaChannelFormatDesc &, size_t, size_t, size_t);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTexture2D(size_t *, const texture<T, N, M> &, const void *, size_t, size_t,
                              size_t);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTextureToArray(const texture<T, N, M> &, cudaArray_const_t,
                                   const cudaChannelFormatDesc &);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaBindTextureToArray(const texture<T, N, M> &, cudaArray_const_t);
template <class T, int N, enum cudaTextureReadMode M>
cudaError_t cudaUnbindTexture(const texture<T, N, M> &);
template <class T, int N>
cudaError_t cudaBindSurfaceToArray(const surface<T, N> &, cudaArray_const_t);

/* helpers */
static inline cudaPitchedPtr make_cudaPitchedPtr(void *ptr, size_t pitch, size_t x, size_t y)
{
    cudaPitchedPtr p = {ptr, pitch, x, y};
    return p;
}
static inline cudaPos make_cudaPos(size_t x, size_t y, size_t z)
{
    cudaPos p = {x, y, z};
    return p;
}
static inline cudaExtent make_cudaExtent(size_t w, size_t h, size_t d)
{
    cudaExtent e = {w, h, d};
    return e;
}

#endif
