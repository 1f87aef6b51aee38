// Types and values of a missing header hide no call: a name that stands by itself may.
#include "points/cloud.h"

#include <cstdlib>
#include <cuda_runtime.h>

#define CHECK(call) ((call) == cudaSuccess ? (void)0 : abort())

void upload(points::Cloud<points::Point>::Ptr cloud)
{
    points::Point *host = cloud->points.data();
    CHECK(cudaHostRegister(host, sizeof(points::Point) * 16, cudaHostRegisterDefault));
    CHECK(cudaHostUnregister(host));
    CHECK(cudaHostUnregister(host)); // expect: unregister-unregistered
}

void marked(void *block)
{
    CHECK(cudaHostUnregister(block));
    PIN_AGAIN;
    CHECK(cudaHostUnregister(block));
}

void counted(void *block)
{
    CHECK(cudaHostUnregister(block));
    int most = MOST_POINTS;
    CHECK(cudaHostUnregister(block)); // expect: unregister-unregistered
    CHECK(cudaSetDevice(most));
}
