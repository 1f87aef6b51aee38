/* Matrix fragments of a warp. */
#ifndef __MMA_H__
#define __MMA_H__

#include "cuda_fp16.h"

#ifdef __cplusplus
namespace nvcuda
{
namespace wmma
{
struct matrix_a;
struct matrix_b;
struct accumulator;
struct row_major;
struct col_major;
namespace precision
{
typedef float tf32;
} // namespace precision
enum layout_t { mem_row_major, mem_col_major };
template <class Use, int M, int N, int K, class T, class Layout = void> struct fragment {
    static const int num_elements = 16;
    T x[16];
};
template <class F, class T> void load_matrix_sync(F &, const T *, unsigned);
template <class F, class T> void load_matrix_sync(F &, const T *, unsigned, layout_t);
template <class F, class T> void store_matrix_sync(T *, const F &, unsigned, layout_t);
float __float_to_tf32(float);
template <class F, class T> void fill_fragment(F &, const T &);
template <class D, class A, class B, class C> void mma_sync(D &, const A &, const B &, const C &);
} // namespace wmma
} // namespace nvcuda
#endif

#endif
