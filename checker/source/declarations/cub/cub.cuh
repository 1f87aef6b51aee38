/* CUB, as far as host code speaks of it: the device-wide algorithms, and the classes that kernels
 * use. */
#ifndef CUHOSTLINT_CUB_H
#define CUHOSTLINT_CUB_H

#include "cuda_runtime.h"

#ifdef __cplusplus
#include <utility>

namespace cub
{
#define CUHOSTLINT_DEVICE_WIDE(name)                                                               \
    template <class... Arguments>                                                                  \
    static cudaError_t name(void *, size_t &, Arguments &&...);

struct DeviceReduce {
    CUHOSTLINT_DEVICE_WIDE(Sum)
    CUHOSTLINT_DEVICE_WIDE(Min)
    CUHOSTLINT_DEVICE_WIDE(Max)
    CUHOSTLINT_DEVICE_WIDE(ArgMin)
    CUHOSTLINT_DEVICE_WIDE(ArgMax)
    CUHOSTLINT_DEVICE_WIDE(Reduce)
    CUHOSTLINT_DEVICE_WIDE(ReduceByKey)
    CUHOSTLINT_DEVICE_WIDE(TransformReduce)
};
struct DeviceScan {
    CUHOSTLINT_DEVICE_WIDE(ExclusiveSum)
    CUHOSTLINT_DEVICE_WIDE(InclusiveSum)
    CUHOSTLINT_DEVICE_WIDE(ExclusiveScan)
    CUHOSTLINT_DEVICE_WIDE(InclusiveScan)
    CUHOSTLINT_DEVICE_WIDE(ExclusiveSumByKey)
    CUHOSTLINT_DEVICE_WIDE(InclusiveSumByKey)
};
struct DeviceRadixSort {
    CUHOSTLINT_DEVICE_WIDE(SortKeys)
    CUHOSTLINT_DEVICE_WIDE(SortKeysDescending)
    CUHOSTLINT_DEVICE_WIDE(SortPairs)
    CUHOSTLINT_DEVICE_WIDE(SortPairsDescending)
};
struct DeviceMergeSort {
    CUHOSTLINT_DEVICE_WIDE(SortKeys)
    CUHOSTLINT_DEVICE_WIDE(SortPairs)
    CUHOSTLINT_DEVICE_WIDE(StableSortKeys)
};
struct DeviceSegmentedReduce {
    CUHOSTLINT_DEVICE_WIDE(Sum)
    CUHOSTLINT_DEVICE_WIDE(Min)
    CUHOSTLINT_DEVICE_WIDE(Max)
    CUHOSTLINT_DEVICE_WIDE(Reduce)
};
struct DeviceSegmentedRadixSort {
    CUHOSTLINT_DEVICE_WIDE(SortKeys)
    CUHOSTLINT_DEVICE_WIDE(SortPairs)
    CUHOSTLINT_DEVICE_WIDE(SortPairsDescending)
};
struct DeviceSegmentedSort {
    CUHOSTLINT_DEVICE_WIDE(SortKeys)
    CUHOSTLINT_DEVICE_WIDE(SortPairs)
    CUHOSTLINT_DEVICE_WIDE(SortPairsDescending)
};
struct DeviceSelect {
    CUHOSTLINT_DEVICE_WIDE(Flagged)
    CUHOSTLINT_DEVICE_WIDE(If)
    CUHOSTLINT_DEVICE_WIDE(Unique)
    CUHOSTLINT_DEVICE_WIDE(UniqueByKey)
};
struct DevicePartition {
    CUHOSTLINT_DEVICE_WIDE(Flagged)
    CUHOSTLINT_DEVICE_WIDE(If)
};
struct DeviceHistogram {
    CUHOSTLINT_DEVICE_WIDE(HistogramEven)
    CUHOSTLINT_DEVICE_WIDE(HistogramRange)
};
struct DeviceRunLengthEncode {
    CUHOSTLINT_DEVICE_WIDE(Encode)
    CUHOSTLINT_DEVICE_WIDE(NonTrivialRuns)
};
#undef CUHOSTLINT_DEVICE_WIDE

/* in kernels */
template <class T, int Threads, int... Rest> struct BlockReduce {
    struct TempStorage {
    };
    BlockReduce(TempStorage &);
    template <class... A> T Sum(A &&...);
    template <class... A> T Reduce(A &&...);
};
template <class T, int Threads, int... Rest> struct BlockScan {
    struct TempStorage {
    };
    BlockScan(TempStorage &);
    template <class... A> void ExclusiveSum(A &&...);
    template <class... A> void InclusiveSum(A &&...);
    template <class... A> void ExclusiveScan(A &&...);
    template <class... A> void InclusiveScan(A &&...);
};
template <class T, int Threads = 32> struct WarpReduce {
    struct TempStorage {
    };
    WarpReduce(TempStorage &);
    template <class... A> T Sum(A &&...);
    template <class... A> T Reduce(A &&...);
};
struct Sum {
    template <class T> T operator()(const T &, const T &) const;
};
struct Max {
    template <class T> T operator()(const T &, const T &) const;
};
struct Min {
    template <class T> T operator()(const T &, const T &) const;
};
template <class K, class V> struct KeyValuePair {
    K key;
    V value;
};
template <class T> struct DoubleBuffer {
    T *d_buffers[2];
    int selector;
    DoubleBuffer(T * = nullptr, T * = nullptr);
    T *Current();
    T *Alternate();
};
template <class T> struct CountingInputIterator {
    CountingInputIterator(const T &);
    T operator[](long) const;
};
template <class T, class F, class I> struct TransformInputIterator {
    TransformInputIterator(I, F);
    T operator[](long) const;
};
struct CachingDeviceAllocator {
    CachingDeviceAllocator(bool = false, bool = false);
    template <class T> cudaError_t DeviceAllocate(T **, size_t, cudaStream_t = 0);
    cudaError_t DeviceFree(void *);
    cudaError_t FreeAllCached();
};
} // namespace cub

#define CubDebugExit(e)                                                                            \
    if ((e) != cudaSuccess) {                                                                      \
        __builtin_trap();                                                                          \
    }
#define CubDebug(e) (e)
#endif

#endif
