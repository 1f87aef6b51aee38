/* Cooperative groups: what kernels use most. */
#ifndef _COOPERATIVE_GROUPS_H_
#define _COOPERATIVE_GROUPS_H_

#include "cuda_runtime.h"

#ifdef __cplusplus
namespace cooperative_groups
{
struct thread_group {
    void sync() const;
    unsigned long long size() const;
    unsigned long long num_threads() const;
    unsigned long long thread_rank() const;
    bool is_valid() const;
};
struct thread_block : thread_group {
    static void sync();
    static unsigned size();
    static unsigned num_threads();
    static unsigned thread_rank();
    static dim3 group_index();
    static dim3 thread_index();
    static dim3 group_dim();
    static dim3 dim_threads();
};
struct grid_group : thread_group {
    dim3 block_index() const;
    dim3 dim_blocks() const;
    dim3 group_dim() const;
    unsigned long long num_blocks() const;
    unsigned long long block_rank() const;
};
struct multi_grid_group : thread_group {
    unsigned grid_rank() const;
    unsigned num_grids() const;
};
struct cluster_group : thread_group {
    static void sync();
    static unsigned block_rank();
    static unsigned num_blocks();
    static dim3 block_index();
    static dim3 dim_blocks();
    template <class T> static T *map_shared_rank(T *, int);
};
struct coalesced_group : thread_group {
    template <class T> T shfl(T, int) const;
    template <class T> T shfl_up(T, int) const;
    template <class T> T shfl_down(T, int) const;
    int any(int) const;
    int all(int) const;
    unsigned ballot(int) const;
    unsigned meta_group_size() const;
    unsigned meta_group_rank() const;
};
template <unsigned Size, class Parent = void> struct thread_block_tile : coalesced_group {
    thread_block_tile() = default;
    template <class Other> thread_block_tile(const thread_block_tile<Size, Other> &);
    template <class T> T shfl_xor(T, unsigned) const;
    template <class T> unsigned match_any(T) const;
};

thread_block this_thread_block();
grid_group this_grid();
multi_grid_group this_multi_grid();
cluster_group this_cluster();
coalesced_group coalesced_threads();
thread_group this_thread();
template <unsigned Size, class Parent>
thread_block_tile<Size, Parent> tiled_partition(const Parent &);
thread_group tiled_partition(const thread_group &, unsigned);
template <class Group> coalesced_group labeled_partition(const Group &, int);
template <class Group> coalesced_group binary_partition(const Group &, bool);
template <class Group> void sync(const Group &);

template <class T> struct plus {
    T operator()(T, T) const;
};
template <class T> struct less {
    T operator()(T, T) const;
};
template <class T> struct greater {
    T operator()(T, T) const;
};
template <class Group, class T, class Operation> T reduce(const Group &, T, Operation &&);
template <class Group, class T> T inclusive_scan(const Group &, T);
template <class Group, class T> T exclusive_scan(const Group &, T);
template <class Group, class T, class Size> void memcpy_async(const Group &, T *, const T *, Size);
template <class Group> void wait(const Group &);
template <class Group, class F> void invoke_one(const Group &, F &&);
} // namespace cooperative_groups
#endif

#endif
