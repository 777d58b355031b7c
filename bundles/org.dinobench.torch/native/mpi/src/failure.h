// How an operation fails; knows neither Java nor the transport.
#pragma once
#include <stdexcept>

namespace dinobench {

// A collective operation did not succeed; nothing may be sent in this process any more.
class CollectiveFailure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

inline void require(bool condition, const char* message) {
    if (!condition) {
        throw std::invalid_argument(message);
    }
}

}  // namespace dinobench
