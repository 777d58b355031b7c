// One communicator of NCCL with the stream that its operations run on, beside the stream of the computation.
#pragma once
#include <vector>

#include "api.h"

namespace dinobench::nccl {

class Communicator {
public:
    // Returns when all ranks have come.
    Communicator(const UniqueId& id, int rank, int size, int device);
    // Ends the communicator in order; after abort() it does nothing.
    ~Communicator();
    Communicator(const Communicator&) = delete;
    Communicator& operator=(const Communicator&) = delete;

    // Each begins one operation, behind what the computation's stream (CUDA's default stream) was given before this call.
    // Returns the event that tells of its end.
    Event all_gather(const void* part, void* whole, std::size_t count, DataType type);
    Event reduce_scatter(const void* whole, void* part, std::size_t count, DataType type);
    Event all_reduce(void* values, std::size_t count, DataType type);
    Event broadcast(void* values, std::size_t count, DataType type, int root);

    // What one rank sends to another and receives from it, bytes.
    struct Parcel {
        int peer;
        const void* out;
        std::size_t out_bytes;
        void* in;
        std::size_t in_bytes;
    };
    Event exchange(const std::vector<Parcel>& parcels);

    // Whether an operation is over. The event is gone then, and the computation's stream goes on behind it.
    // Throws when the operation, or the communicator meanwhile, has failed.
    bool done(Event event);

    // Ends everything at once, also operations that wait for a rank that will not come.
    void abort();

private:
    void behind_computation();
    Event mark();

    Comm comm_ = nullptr;
    Stream stream_ = nullptr;
    int device_;
};

}  // namespace dinobench::nccl
