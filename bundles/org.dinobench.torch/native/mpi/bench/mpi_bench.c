/*
 * The yardstick of the collectives: what a plain C program reaches with MPI's own blocking operations.
 *
 *   mpirun -np W mpi_bench [--chunk BYTES] [--seconds S] [--max BYTES]
 *
 * One JSON line per operation, type and size from rank 0. "bytes" is the size of the whole tensor on a rank;
 * gigabytesPerSecond counts what a rank has to send: (W-1)/W of it, for an all-reduce twice that. With --chunk the
 * operation is called once per chunk of the tensor, else once for all of it. Sums of 16-bit types use an operation
 * of our own that adds in float32, since MPI has none for them.
 */
#include <mpi.h>

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ALL_GATHER, REDUCE_SCATTER, ALL_REDUCE, BROADCAST, OPERATIONS };
static const char* const NAMES[OPERATIONS] = {"all_gather", "reduce_scatter", "all_reduce", "broadcast"};

static int rank, size;

static float widen(uint16_t value) {
    uint32_t bits = (uint32_t)value << 16;
    float result;
    memcpy(&result, &bits, sizeof result);
    return result;
}

static uint16_t narrow(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7fff + ((bits >> 16) & 1)) >> 16);
}

static void add_bfloat16(void* in, void* inout, int* count, MPI_Datatype* type) {
    (void)type;
    const uint16_t* a = in;
    uint16_t* b = inout;
    for (int i = 0; i < *count; i++) b[i] = narrow(widen(a[i]) + widen(b[i]));
}

static MPI_Datatype element;
static MPI_Op sum;
static int width;

/* One call on `count` elements a rank (all-gather, reduce-scatter) or in all (all-reduce, broadcast). */
static void call(int operation, char* part, char* whole, int count) {
    switch (operation) {
        case ALL_GATHER:
            MPI_Allgather(part, count, element, whole, count, element, MPI_COMM_WORLD);
            break;
        case REDUCE_SCATTER:
            MPI_Reduce_scatter_block(whole, part, count, element, sum, MPI_COMM_WORLD);
            break;
        case ALL_REDUCE:
            MPI_Allreduce(MPI_IN_PLACE, whole, count, element, sum, MPI_COMM_WORLD);
            break;
        default:
            MPI_Bcast(whole, count, element, 0, MPI_COMM_WORLD);
    }
}

static void run(int operation, char* part, char* whole, size_t bytes, size_t chunk) {
    const int shared = operation == ALL_GATHER || operation == REDUCE_SCATTER;
    const size_t step = chunk == 0 || chunk > bytes ? bytes : chunk;
    for (size_t done = 0; done < bytes; done += step) {
        const size_t now = bytes - done < step ? bytes - done : step;
        call(operation, part + (shared ? done / size : 0), whole + done,
             (int)(now / width / (shared ? (size_t)size : 1)));
    }
}

static void measure(int operation, const char* type, char* part, char* whole, size_t bytes, size_t chunk,
                    double seconds) {
    run(operation, part, whole, bytes, chunk);
    MPI_Barrier(MPI_COMM_WORLD);
    double once = MPI_Wtime();
    run(operation, part, whole, bytes, chunk);
    once = MPI_Wtime() - once;
    int rounds = (int)(seconds / once) + 3;
    MPI_Bcast(&rounds, 1, MPI_INT, 0, MPI_COMM_WORLD);
    double best = 1e30;
    for (int i = 0; i < rounds; i++) {
        MPI_Barrier(MPI_COMM_WORLD);
        const double start = MPI_Wtime();
        run(operation, part, whole, bytes, chunk);
        double mine = MPI_Wtime() - start, slowest;
        MPI_Allreduce(&mine, &slowest, 1, MPI_DOUBLE, MPI_MAX, MPI_COMM_WORLD);
        if (slowest < best) best = slowest;
    }
    const double sent = (double)bytes * (size - 1) / size * (operation == ALL_REDUCE ? 2 : 1);
    if (rank == 0) {
        printf("{\"operation\":\"%s\",\"type\":\"%s\",\"ranks\":%d,\"bytes\":%zu,\"chunk\":%zu,\"seconds\":%.6f,"
               "\"gigabytesPerSecond\":%.3f}\n",
               NAMES[operation], type, size, bytes, chunk, best, sent / best / 1e9);
        fflush(stdout);
    }
}

int main(int argc, char** argv) {
    size_t chunk = 0, largest = 64u << 20;
    double seconds = 0.3;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--chunk") == 0) chunk = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--max") == 0) largest = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--seconds") == 0) seconds = atof(argv[i + 1]);
    }
    MPI_Init(&argc, &argv);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank);
    MPI_Comm_size(MPI_COMM_WORLD, &size);
    char *part, *whole;
    if (posix_memalign((void**)&part, 64, largest) != 0 || posix_memalign((void**)&whole, 64, largest) != 0) {
        fprintf(stderr, "mpi_bench: no memory for two buffers of %zu bytes\n", largest);
        MPI_Abort(MPI_COMM_WORLD, 1);
    }
    memset(part, 0, largest);
    memset(whole, 0, largest);
    MPI_Op bfloat16_sum;
    MPI_Op_create(add_bfloat16, 1, &bfloat16_sum);
    for (int operation = 0; operation < OPERATIONS; operation++) {
        for (size_t bytes = 65536; bytes <= largest; bytes *= 4) {
            element = MPI_FLOAT, sum = MPI_SUM, width = 4;
            measure(operation, "float32", part, whole, bytes / (8 * size) * (8 * size), chunk, seconds);
            element = MPI_UINT16_T, sum = bfloat16_sum, width = 2;
            measure(operation, "bfloat16", part, whole, bytes / (8 * size) * (8 * size), chunk, seconds);
        }
    }
    MPI_Op_free(&bfloat16_sum);
    MPI_Finalize();
    free(part);
    free(whole);
    return 0;
}
