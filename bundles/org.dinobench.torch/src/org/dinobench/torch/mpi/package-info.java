/** Collectives among processes that Open MPI's {@code mpirun}, or Slurm's {@code srun}, has started. */
package org.dinobench.torch.mpi;
