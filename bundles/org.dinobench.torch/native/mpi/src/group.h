// A group of ranks and the waiting for messages among them.
#pragma once
#include <mpi.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace dinobench {

// The ranks of one communicator. One thread at a time calls MPI.
struct Group {
    explicit Group(MPI_Comm communicator);
    ~Group() = default;
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;

    MPI_Comm comm;
    int rank = 0;
    int size = 1;
    // Operations so far; part of every message's tag, so that ranks which disagree wait instead of mixing data up.
    unsigned operations = 0;
    // Kept from one operation to the next: a fresh allocation would cost a page fault per 4 KiB.
    std::vector<char> scratch;
};

// Ends the waiting when nothing has arrived for too long.
class Watch {
public:
    Watch(const char* operation, const Group& group, double seconds);

    // Something has arrived.
    void progressed();

    // Nothing has arrived: gives the processor away, more of it the longer this lasts.
    // Returns whether the deadline has passed.
    bool idle();

    // The message of the failure, naming the ranks that are waited for.
    [[noreturn]] void fail(std::vector<int> peers) const;

private:
    using Clock = std::chrono::steady_clock;
    const char* operation_;
    const Group& group_;
    double seconds_;
    bool idle_ = false;
    unsigned polls_ = 0;
    Clock::time_point since_;
};

// Messages on their way.
class Transfers {
public:
    explicit Transfers(const Group& group) : group_(group) {}
    ~Transfers() = default;
    Transfers(const Transfers&) = delete;
    Transfers& operator=(const Transfers&) = delete;

    // A message of no bytes is not sent; both sides know its length.
    void send(const char* from, std::size_t bytes, int peer, int tag);
    void receive(char* to, std::size_t bytes, int peer, int tag);

    // Returns when all have arrived; throws CollectiveFailure on an error or past the deadline.
    void wait(Watch& watch);

private:
    void completed(int index, const MPI_Status& status);

    const Group& group_;
    std::vector<MPI_Request> requests_;
    std::vector<int> peers_;
    std::vector<int> expected_;  // bytes to receive, -1 for what is sent
    std::vector<int> indices_;
    std::vector<MPI_Status> statuses_;
};

}  // namespace dinobench
