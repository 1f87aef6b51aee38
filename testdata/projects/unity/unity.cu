/* A unity build: the sources of the project are included by one that the compiler gets. */
#include "parts/upload.cu"
#include "parts/pool.cpp"
