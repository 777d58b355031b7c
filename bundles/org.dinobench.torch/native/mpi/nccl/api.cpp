#include "api.h"

#include <dlfcn.h>

#include <stdexcept>

namespace dinobench::nccl {
namespace {

Api table;
bool opened = false;

// Looks one function up; remembers the first that is missing.
template <class Function>
void find(void* library, const char* name, Function& function, std::string& missing) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr && missing.empty()) {
        missing = std::string("it has no function ") + name;
    }
}

std::string fill(void* nccl, void* cudart) {
    std::string missing;
    find(nccl, "ncclGetVersion", table.getVersion, missing);
    find(nccl, "ncclGetUniqueId", table.getUniqueId, missing);
    find(nccl, "ncclCommInitRank", table.commInitRank, missing);
    find(nccl, "ncclCommDestroy", table.commDestroy, missing);
    find(nccl, "ncclCommAbort", table.commAbort, missing);
    find(nccl, "ncclCommGetAsyncError", table.commGetAsyncError, missing);
    find(nccl, "ncclGetErrorString", table.getErrorString, missing);
    find(nccl, "ncclAllGather", table.allGather, missing);
    find(nccl, "ncclReduceScatter", table.reduceScatter, missing);
    find(nccl, "ncclAllReduce", table.allReduce, missing);
    find(nccl, "ncclBroadcast", table.broadcast, missing);
    find(nccl, "ncclSend", table.send, missing);
    find(nccl, "ncclRecv", table.recv, missing);
    find(nccl, "ncclGroupStart", table.groupStart, missing);
    find(nccl, "ncclGroupEnd", table.groupEnd, missing);
    find(cudart, "cudaGetDeviceCount", table.cudaGetDeviceCount, missing);
    find(cudart, "cudaSetDevice", table.cudaSetDevice, missing);
    find(cudart, "cudaGetErrorString", table.cudaGetErrorString, missing);
    find(cudart, "cudaStreamCreateWithFlags", table.cudaStreamCreateWithFlags, missing);
    find(cudart, "cudaStreamDestroy", table.cudaStreamDestroy, missing);
    find(cudart, "cudaStreamWaitEvent", table.cudaStreamWaitEvent, missing);
    find(cudart, "cudaEventCreateWithFlags", table.cudaEventCreateWithFlags, missing);
    find(cudart, "cudaEventRecord", table.cudaEventRecord, missing);
    find(cudart, "cudaEventQuery", table.cudaEventQuery, missing);
    find(cudart, "cudaEventDestroy", table.cudaEventDestroy, missing);
    return missing;
}

}  // namespace

std::string open(const char* nccl, const char* cudart) {
    if (opened) {
        return "";
    }
    void* const runtime = dlopen(cudart, RTLD_NOW | RTLD_GLOBAL);
    if (runtime == nullptr) {
        return dlerror();
    }
    void* const library = dlopen(nccl, RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return dlerror();
    }
    const std::string missing = fill(library, runtime);
    opened = missing.empty();
    return missing;
}

const Api& api() {
    if (!opened) {
        throw std::logic_error("NCCL is not opened");
    }
    return table;
}

}  // namespace dinobench::nccl
