// MPI's error codes become exceptions with MPI's own words.
#pragma once
#include <mpi.h>

#include <string>

#include "failure.h"

namespace dinobench {

inline std::string mpi_text(int code) {
    char text[MPI_MAX_ERROR_STRING];
    int length = 0;
    if (MPI_Error_string(code, text, &length) != MPI_SUCCESS) {
        return "MPI error " + std::to_string(code);
    }
    return std::string(text, static_cast<std::size_t>(length));
}

inline void check(int code, const char* call) {
    if (code != MPI_SUCCESS) {
        throw CollectiveFailure(std::string(call) + ": " + mpi_text(code));
    }
}

}  // namespace dinobench
