#!/bin/bash
# Builds libdinobench_mpi.so, libdinobench_nccl.so and mpi_bench and puts them into the platform fragment. Does nothing
# when neither the sources nor the packages they are built with have changed since the last build.
# Usage: build.sh [--force]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bundles=$(cd "$here/../../.." && pwd)
platform=linux-x86_64
names="libdinobench_mpi.so libdinobench_nccl.so mpi_bench"
built=$here/../$platform
fragment=$bundles/org.dinobench.torch.linux.x86_64/native/$platform
work=$here/../../target/native-mpi
stamp=$work/sources.sha256

if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "mpi: no native library is built for $(uname -s) $(uname -m); only Linux x86_64 is supported" >&2
  exit 1
fi

need() { # path-or-command, Debian package
  if ! command -v "$1" >/dev/null && ! compgen -G "$1" >/dev/null; then
    echo "mpi: $1 is missing; install it with: apt-get install $2" >&2
    exit 2
  fi
}
need g++ g++
need cmake cmake
need make make
need "/usr/lib/*/openmpi/include/mpi.h" libopenmpi-dev
if [ -z "${JAVA_HOME:-}" ]; then
  need javac openjdk-17-jdk-headless
  JAVA_HOME=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
  export JAVA_HOME
fi

sources() {
  (cd "$here" && sha256sum CMakeLists.txt build.sh exports.map src/* nccl/* bench/*)
  dpkg-query -W -f '${Package} ${Version}\n' libopenmpi-dev g++ 2>/dev/null || g++ -dumpfullversion
}
wanted=$(sources | sha256sum | cut -d' ' -f1)
complete=yes
for name in $names; do
  if [ ! -f "$fragment/$name" ] || [ ! -f "$built/$name" ]; then
    complete=no
  fi
done
if [ "${1:-}" != --force ] && [ $complete = yes ] && [ -f "$built/libnccl_stand_in.so" ] \
  && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ]; then
  exit 0
fi

mkdir -p "$work" "$built" "$fragment"
rm -f "$stamp"
log=$work/build.log
if ! { cmake -S "$here" -B "$work" && cmake --build "$work" --parallel 2; } >"$log" 2>&1; then
  tail -n 40 "$log" >&2
  echo "mpi: the native build failed; the whole output is in $log" >&2
  exit 1
fi
# Renamed into place: a running process may have the old file mapped.
for name in $names; do
  for target in "$built/$name" "$fragment/$name"; do
    cp "$work/$name" "$target.part"
    mv -f "$target.part" "$target"
  done
  echo "mpi: built $name ($(stat -c %s "$fragment/$name") bytes)"
done
# for tests alone: stays out of the fragment, and so of the product
cp "$work/libnccl_stand_in.so" "$built/"
echo "$wanted" >"$stamp"
