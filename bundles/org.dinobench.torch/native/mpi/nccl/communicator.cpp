#include "communicator.h"

#include <string>

#include "../src/failure.h"

namespace dinobench::nccl {
namespace {

constexpr Stream COMPUTATION = nullptr;  // CUDA's default stream, which libtorch computes on

void check(int code, const char* call) {
    if (code != SUCCESS && code != IN_PROGRESS) {
        throw CollectiveFailure(std::string(call) + ": " + api().getErrorString(code));
    }
}

void check_cuda(int code, const char* call) {
    if (code != CUDA_SUCCESS) {
        throw CollectiveFailure(std::string(call) + ": " + api().cudaGetErrorString(code));
    }
}

}  // namespace

Communicator::Communicator(const UniqueId& id, int rank, int size, int device) : device_(device) {
    check_cuda(api().cudaSetDevice(device), "cudaSetDevice");
    check_cuda(api().cudaStreamCreateWithFlags(&stream_, STREAM_NON_BLOCKING), "cudaStreamCreateWithFlags");
    check(api().commInitRank(&comm_, size, id, rank), "ncclCommInitRank");
}

Communicator::~Communicator() {
    if (comm_ != nullptr) {
        api().commDestroy(comm_);
    }
    if (stream_ != nullptr) {
        api().cudaStreamDestroy(stream_);
    }
}

// What the operation reads was written there, what it overwrites was read there.
void Communicator::behind_computation() {
    check_cuda(api().cudaSetDevice(device_), "cudaSetDevice");
    Event written;
    check_cuda(api().cudaEventCreateWithFlags(&written, EVENT_DISABLE_TIMING), "cudaEventCreateWithFlags");
    check_cuda(api().cudaEventRecord(written, COMPUTATION), "cudaEventRecord");
    check_cuda(api().cudaStreamWaitEvent(stream_, written, 0), "cudaStreamWaitEvent");
    check_cuda(api().cudaEventDestroy(written), "cudaEventDestroy");  // freed once it is over
}

Event Communicator::mark() {
    Event event;
    check_cuda(api().cudaEventCreateWithFlags(&event, EVENT_DISABLE_TIMING), "cudaEventCreateWithFlags");
    check_cuda(api().cudaEventRecord(event, stream_), "cudaEventRecord");
    return event;
}

Event Communicator::all_gather(const void* part, void* whole, std::size_t count, DataType type) {
    behind_computation();
    check(api().allGather(part, whole, count, type, comm_, stream_), "ncclAllGather");
    return mark();
}

Event Communicator::reduce_scatter(const void* whole, void* part, std::size_t count, DataType type) {
    behind_computation();
    check(api().reduceScatter(whole, part, count, type, SUM, comm_, stream_), "ncclReduceScatter");
    return mark();
}

Event Communicator::all_reduce(void* values, std::size_t count, DataType type) {
    behind_computation();
    check(api().allReduce(values, values, count, type, SUM, comm_, stream_), "ncclAllReduce");
    return mark();
}

Event Communicator::broadcast(void* values, std::size_t count, DataType type, int root) {
    behind_computation();
    check(api().broadcast(values, values, count, type, root, comm_, stream_), "ncclBroadcast");
    return mark();
}

Event Communicator::exchange(const std::vector<Parcel>& parcels) {
    behind_computation();
    check(api().groupStart(), "ncclGroupStart");
    for (const Parcel& parcel : parcels) {
        if (parcel.out_bytes > 0) {
            check(api().send(parcel.out, parcel.out_bytes, INT8, parcel.peer, comm_, stream_), "ncclSend");
        }
        if (parcel.in_bytes > 0) {
            check(api().recv(parcel.in, parcel.in_bytes, INT8, parcel.peer, comm_, stream_), "ncclRecv");
        }
    }
    check(api().groupEnd(), "ncclGroupEnd");
    return mark();
}

bool Communicator::done(Event event) {
    const int state = api().cudaEventQuery(event);
    if (state == CUDA_NOT_READY) {
        int error = SUCCESS;
        check(api().commGetAsyncError(comm_, &error), "ncclCommGetAsyncError");
        check(error, "NCCL");
        return false;
    }
    check_cuda(state, "cudaEventQuery");
    check_cuda(api().cudaStreamWaitEvent(COMPUTATION, event, 0), "cudaStreamWaitEvent");
    check_cuda(api().cudaEventDestroy(event), "cudaEventDestroy");
    return true;
}

void Communicator::abort() {
    if (comm_ != nullptr) {
        api().commAbort(comm_);
        comm_ = nullptr;
    }
}

}  // namespace dinobench::nccl
