#!/bin/sh
# Draws one shard of a data set; which one, the scheduler says. NAME and afgen's options follow:
#
#   sbatch --array=1-8 shard.sh train --p 0.9 --n 1000000     a Slurm job array
#   srun -n 8 shard.sh train --p 0.9 --n 1000000              tasks of one Slurm job
#   mpirun -n 8 shard.sh train --p 0.9 --n 1000000            Open MPI, MPICH or Intel MPI
#
# writes train-1-of-8.h5 ... train-8-of-8.h5. A shard that is there is left as it is, so the same
# command again draws what is missing. A file has its name only once it is whole.
# SHARDS=8 says of how many, where only some of an array run (--array=3,5).
set -eu

name="$1"
shift
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  shard="$SLURM_ARRAY_TASK_ID"
  shards="${SHARDS:-$SLURM_ARRAY_TASK_COUNT}"
elif [ -n "${OMPI_COMM_WORLD_RANK:-}" ]; then
  shard=$((OMPI_COMM_WORLD_RANK + 1))
  shards="$OMPI_COMM_WORLD_SIZE"
elif [ -n "${PMI_RANK:-}" ]; then
  shard=$((PMI_RANK + 1))
  shards="$PMI_SIZE"
elif [ -n "${SLURM_PROCID:-}" ]; then
  shard=$((SLURM_PROCID + 1))
  shards="$SLURM_NTASKS"
else
  echo "shard.sh: error: no scheduler says which shard this is; expected Slurm or MPI" >&2
  exit 2
fi

out="$name-$shard-of-$shards.h5"
if [ -e "$out" ]; then
  echo "$out is there"
  exit 0
fi
exec "${AFGEN:-afgen}" "$@" --shard "$shard/$shards" --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet \
  -o "$out"
