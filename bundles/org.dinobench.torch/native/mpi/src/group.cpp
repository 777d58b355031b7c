#include "group.h"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <cstdio>
#include <limits>
#include <string>

#include "errors.h"

namespace dinobench {

Group::Group(MPI_Comm communicator) : comm(communicator) {
    check(MPI_Comm_set_errhandler(comm, MPI_ERRORS_RETURN), "MPI_Comm_set_errhandler");
    check(MPI_Comm_rank(comm, &rank), "MPI_Comm_rank");
    check(MPI_Comm_size(comm, &size), "MPI_Comm_size");
}

Watch::Watch(const char* operation, const Group& group, double seconds)
    : operation_(operation), group_(group), seconds_(seconds) {}

void Watch::progressed() {
    idle_ = false;
    polls_ = 0;
}

bool Watch::idle() {
    if (++polls_ < 64) {
        return false;
    }
    const Clock::time_point now = Clock::now();
    if (!idle_) {
        idle_ = true;
        since_ = now;
    }
    const double waited = std::chrono::duration<double>(now - since_).count();
    if (waited > seconds_) {
        return true;
    }
    if (waited < 0.0005) {
        sched_yield();
    } else {
        // The peer is computing, not sending: leave the core to the computation of this rank.
        const timespec pause{0, waited < 0.02 ? 50'000 : 500'000};
        nanosleep(&pause, nullptr);
    }
    return false;
}

void Watch::fail(std::vector<int> peers) const {
    std::sort(peers.begin(), peers.end());
    peers.erase(std::unique(peers.begin(), peers.end()), peers.end());
    std::string names;
    for (std::size_t i = 0; i < peers.size() && i < 8; i++) {
        names += (i == 0 ? "" : ", ") + std::to_string(peers[i]);
    }
    if (peers.size() > 8) {
        names += " and " + std::to_string(peers.size() - 8) + " more";
    }
    char waited[32];
    std::snprintf(waited, sizeof waited, "%.1f", seconds_);
    throw CollectiveFailure(
        "Rank " + std::to_string(group_.rank) + " of " + std::to_string(group_.size) + " has waited " + waited
        + " s in " + operation_ + " (operation " + std::to_string(group_.operations) + ") for rank "
        + names + ", which died, hangs or called another operation");
}

void Transfers::send(const char* from, std::size_t bytes, int peer, int tag) {
    if (bytes == 0) {
        return;
    }
    require(bytes <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "a message is too long");
    MPI_Request request;
    check(MPI_Isend(from, static_cast<int>(bytes), MPI_BYTE, peer, tag, group_.comm, &request), "MPI_Isend");
    requests_.push_back(request);
    peers_.push_back(peer);
    expected_.push_back(-1);
}

void Transfers::receive(char* to, std::size_t bytes, int peer, int tag) {
    if (bytes == 0) {
        return;
    }
    require(bytes <= static_cast<std::size_t>(std::numeric_limits<int>::max()), "a message is too long");
    MPI_Request request;
    check(MPI_Irecv(to, static_cast<int>(bytes), MPI_BYTE, peer, tag, group_.comm, &request), "MPI_Irecv");
    requests_.push_back(request);
    peers_.push_back(peer);
    expected_.push_back(static_cast<int>(bytes));
}

void Transfers::wait(Watch& watch) {
    const int number = static_cast<int>(requests_.size());
    indices_.resize(requests_.size());
    statuses_.resize(requests_.size());
    while (true) {
        int done = 0;
        const int code = MPI_Testsome(number, requests_.data(), &done, indices_.data(), statuses_.data());
        if (code != MPI_SUCCESS && code != MPI_ERR_IN_STATUS) {
            check(code, "MPI_Testsome");
        }
        if (done == MPI_UNDEFINED) {
            break;
        }
        for (int i = 0; i < done; i++) {
            if (code == MPI_ERR_IN_STATUS) {
                check(statuses_[i].MPI_ERROR, expected_[indices_[i]] < 0 ? "sending" : "receiving");
            }
            completed(indices_[i], statuses_[i]);
        }
        if (done > 0) {
            watch.progressed();
        } else if (watch.idle()) {
            std::vector<int> missing;
            for (int i = 0; i < number; i++) {
                if (requests_[i] != MPI_REQUEST_NULL) {
                    missing.push_back(peers_[i]);
                }
            }
            watch.fail(missing);
        }
    }
    requests_.clear();
    peers_.clear();
    expected_.clear();
}

void Transfers::completed(int index, const MPI_Status& status) {
    if (expected_[index] < 0) {
        return;
    }
    int received = 0;
    check(MPI_Get_count(&status, MPI_BYTE, &received), "MPI_Get_count");
    if (received != expected_[index]) {
        throw CollectiveFailure(
            "Rank " + std::to_string(peers_[index]) + " sent " + std::to_string(received) + " bytes where rank "
            + std::to_string(group_.rank) + " expected " + std::to_string(expected_[index])
            + ": the ranks disagree about sizes");
    }
}

}  // namespace dinobench
