/*
 * A stand-in for NCCL and the CUDA runtime, for tests on machines without a GPU: the functions that Dinobench uses, on
 * the processor's memory over MPI. It shows that addresses, counts, types and the order of calls are right; it says
 * nothing about GPUs. Not part of the product. An operation is carried out when it is called, so an event is over at once.
 */
#include <mpi.h>

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char bytes[128];
} unique_id;

enum { MOST = 64 };

static MPI_Comm comms[MOST];
static int comm_count;

/* What a group has collected. */
static struct {
    int open;
    MPI_Request requests[4096];
    int count;
} group;

static MPI_Datatype type_of(int type) {
    switch (type) {
        case 0: return MPI_INT8_T;
        case 4: return MPI_INT64_T;
        case 7: return MPI_FLOAT;
        case 8: return MPI_DOUBLE;
        default: return MPI_UINT16_T; /* moved only: NCCL would sum these in 16 bits, which Dinobench does not ask for */
    }
}

static MPI_Comm comm_of(void* comm) {
    return comms[(intptr_t)comm - 1];
}

int ncclGetVersion(int* version) {
    *version = 0;
    return 0;
}

int ncclGetUniqueId(unique_id* id) {
    memset(id, 0, sizeof *id);
    strcpy(id->bytes, "stand-in");
    return 0;
}

/* The ranks of a communicator call this together, all of them with the same id. */
int ncclCommInitRank(void** comm, int size, unique_id id, int rank) {
    int world = 0, mine = 0;
    MPI_Comm_size(MPI_COMM_WORLD, &world);
    MPI_Comm_rank(MPI_COMM_WORLD, &mine);
    if (size != world || rank != mine || strcmp(id.bytes, "stand-in") != 0 || comm_count == MOST) return 4;
    if (MPI_Comm_dup(MPI_COMM_WORLD, &comms[comm_count]) != MPI_SUCCESS) return 1;
    *comm = (void*)(intptr_t)(++comm_count);
    return 0;
}

int ncclCommDestroy(void* comm) {
    return MPI_Comm_free(&comms[(intptr_t)comm - 1]);
}

int ncclCommAbort(void* comm) {
    (void)comm;
    return 0;
}

int ncclCommGetAsyncError(void* comm, int* error) {
    (void)comm;
    *error = 0;
    return 0;
}

const char* ncclGetErrorString(int code) {
    return code == 4 ? "invalid argument" : "an error of the stand-in";
}

int ncclAllGather(const void* part, void* whole, size_t count, int type, void* comm, void* stream) {
    (void)stream;
    int rank = 0, width = 0;
    MPI_Comm_rank(comm_of(comm), &rank);
    MPI_Type_size(type_of(type), &width);
    const int in_place = part == (char*)whole + (size_t)rank * count * (size_t)width;
    return MPI_Allgather(in_place ? MPI_IN_PLACE : part, (int)count, type_of(type), whole, (int)count, type_of(type),
                         comm_of(comm));
}

int ncclReduceScatter(const void* whole, void* part, size_t count, int type, int op, void* comm, void* stream) {
    (void)stream;
    if (op != 0 || type_of(type) == MPI_UINT16_T) return 4;
    int rank = 0, size = 0, width = 0;
    MPI_Comm_rank(comm_of(comm), &rank);
    MPI_Comm_size(comm_of(comm), &size);
    MPI_Type_size(type_of(type), &width);
    for (int root = 0; root < size; root++) {
        const char* from = (const char*)whole + (size_t)root * count * (size_t)width;
        const int in_place = root == rank && from == (const char*)part;
        if (MPI_Reduce(in_place ? MPI_IN_PLACE : from, part, (int)count, type_of(type), MPI_SUM, root, comm_of(comm))
            != MPI_SUCCESS) return 1;
    }
    return 0;
}

int ncclAllReduce(const void* in, void* out, size_t count, int type, int op, void* comm, void* stream) {
    (void)stream;
    if (op != 0 || in != out || type_of(type) == MPI_UINT16_T) return 4;
    return MPI_Allreduce(MPI_IN_PLACE, out, (int)count, type_of(type), MPI_SUM, comm_of(comm));
}

int ncclBroadcast(const void* in, void* out, size_t count, int type, int root, void* comm, void* stream) {
    (void)stream;
    if (in != out) return 4;
    return MPI_Bcast(out, (int)count, type_of(type), root, comm_of(comm));
}

int ncclGroupStart(void) {
    group.open = 1;
    group.count = 0;
    return 0;
}

int ncclSend(const void* from, size_t count, int type, int peer, void* comm, void* stream) {
    (void)stream;
    if (!group.open || group.count == 4096) return 4;
    return MPI_Isend(from, (int)count, type_of(type), peer, 7, comm_of(comm), &group.requests[group.count++]);
}

int ncclRecv(void* to, size_t count, int type, int peer, void* comm, void* stream) {
    (void)stream;
    if (!group.open || group.count == 4096) return 4;
    return MPI_Irecv(to, (int)count, type_of(type), peer, 7, comm_of(comm), &group.requests[group.count++]);
}

int ncclGroupEnd(void) {
    group.open = 0;
    return MPI_Waitall(group.count, group.requests, MPI_STATUSES_IGNORE);
}

int cudaGetDeviceCount(int* count) {
    *count = 1;
    return 0;
}

int cudaSetDevice(int device) {
    return device == 0 ? 0 : 101;
}

const char* cudaGetErrorString(int code) {
    return code == 101 ? "invalid device ordinal" : "an error of the stand-in";
}

int cudaStreamCreateWithFlags(void** stream, unsigned flags) {
    *stream = (void*)(uintptr_t)(flags + 16);
    return 0;
}

int cudaStreamDestroy(void* stream) {
    (void)stream;
    return 0;
}

int cudaStreamWaitEvent(void* stream, void* event, unsigned flags) {
    (void)stream;
    (void)flags;
    return event == NULL ? 400 : 0;
}

int cudaEventCreateWithFlags(void** event, unsigned flags) {
    *event = (void*)(uintptr_t)(flags + 16);
    return 0;
}

int cudaEventRecord(void* event, void* stream) {
    (void)stream;
    return event == NULL ? 400 : 0;
}

/* With STAND_IN_HANGS in the environment no operation ever ends, as on a GPU that waits for a dead rank. */
int cudaEventQuery(void* event) {
    return event == NULL ? 400 : getenv("STAND_IN_HANGS") != NULL ? 600 : 0;
}

int cudaEventDestroy(void* event) {
    return event == NULL ? 400 : 0;
}
