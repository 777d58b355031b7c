// The functions of NCCL and of the CUDA runtime that are used, declared here and looked up when the libraries are opened:
// neither their headers nor the libraries are needed to build, and a machine without a GPU can load this library.
#pragma once
#include <cstddef>
#include <string>

namespace dinobench::nccl {

// Values of nccl.h, unchanged since NCCL 2.0 (bfloat16: 2.10).
struct UniqueId {
    char bytes[128];
};
using Comm = void*;
enum Result { SUCCESS = 0, IN_PROGRESS = 7 };
enum DataType { INT8 = 0, INT64 = 4, FLOAT16 = 6, FLOAT32 = 7, FLOAT64 = 8, BFLOAT16 = 9 };
enum Operation { SUM = 0 };

// Values of driver_types.h and cuda_runtime_api.h.
using Stream = void*;
using Event = void*;
enum CudaResult { CUDA_SUCCESS = 0, CUDA_NOT_READY = 600 };
constexpr unsigned STREAM_NON_BLOCKING = 1;
constexpr unsigned EVENT_DISABLE_TIMING = 2;

struct Api {
    int (*getVersion)(int*);
    int (*getUniqueId)(UniqueId*);
    int (*commInitRank)(Comm*, int, UniqueId, int);
    int (*commDestroy)(Comm);
    int (*commAbort)(Comm);
    int (*commGetAsyncError)(Comm, int*);
    const char* (*getErrorString)(int);
    int (*allGather)(const void*, void*, std::size_t, int, Comm, Stream);
    int (*reduceScatter)(const void*, void*, std::size_t, int, int, Comm, Stream);
    int (*allReduce)(const void*, void*, std::size_t, int, int, Comm, Stream);
    int (*broadcast)(const void*, void*, std::size_t, int, int, Comm, Stream);
    int (*send)(const void*, std::size_t, int, int, Comm, Stream);
    int (*recv)(void*, std::size_t, int, int, Comm, Stream);
    int (*groupStart)();
    int (*groupEnd)();

    int (*cudaGetDeviceCount)(int*);
    int (*cudaSetDevice)(int);
    const char* (*cudaGetErrorString)(int);
    int (*cudaStreamCreateWithFlags)(Stream*, unsigned);
    int (*cudaStreamDestroy)(Stream);
    int (*cudaStreamWaitEvent)(Stream, Event, unsigned);
    int (*cudaEventCreateWithFlags)(Event*, unsigned);
    int (*cudaEventRecord)(Event, Stream);
    int (*cudaEventQuery)(Event);
    int (*cudaEventDestroy)(Event);
};

// Opens both libraries and fills the table, once a process.
// Returns nothing on success, otherwise the dynamic linker's own words.
std::string open(const char* nccl, const char* cudart);

// The table; throws std::logic_error before open() has succeeded.
const Api& api();

}  // namespace dinobench::nccl
