#!/usr/bin/env bash
# Runs the benchmarks, and with `--peers DIR` the programs that af replaces beside them, in turn,
# so that the ratio holds on a machine whose speed drifts. Called by `./dev bench`.
#
# DIR holds synbols_rate.py, baal_step.py, baal_mc.py and fairlearn_rate.py; `--python PYTHON` is an
# interpreter that has Synbols, BaaL and fairlearn. `--rounds N` is how often each pair runs (5).
# `--only WORD` keeps the pairs whose title has the word. `--large` instead runs afgen beside itself:
# its start, one thread and two, and a million images (17 GB of disk) beside writing as many bytes
# with dd.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PWD/build/bin:$PATH"

peers= python=python3 rounds=5 only= large=
while [ $# -gt 0 ]; do
  case "$1" in
    --peers) peers=$2; shift 2 ;;
    --python) python=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --large) large=yes; shift ;;
    *) printf 'bench: error: unknown option %s; expected --peers, --python, --rounds, --only or %s\n' \
         "$1" --large >&2
       exit 2 ;;
  esac
done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

median() { sort -g | awk '{v[NR] = $1} END {print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2}'; }

# seconds COMMAND...: wall-clock time of a command, its output thrown away.
seconds() {
  local begin end
  begin=$(date +%s.%N)
  "$@" >"$scratch/out" 2>"$scratch/err" || { cat "$scratch/err" >&2; exit 1; }
  end=$(date +%s.%N)
  awk "BEGIN {print $end - $begin}"
}

field() { sed -n "s/.*$1[\" :]*\([0-9.e+-]*\).*/\1/p" | tail -n 1; }

# pair TITLE BETTER OURS THEIRS: both in turn, `rounds` times; each prints one figure.
pair() {
  local title="$1" better="$2" ours="$3" theirs="$4"
  [[ "$title" == *"$only"* ]] || return 0
  : >"$scratch/ours"; : >"$scratch/theirs"; : >"$scratch/ratios"
  for _ in $(seq "$rounds"); do
    local a b
    a=$($ours) b=$($theirs)
    echo "$a" >>"$scratch/ours"; echo "$b" >>"$scratch/theirs"
    if [ "$better" = more ]; then awk "BEGIN {print $a / $b}"; else awk "BEGIN {print $b / $a}"; fi \
      >>"$scratch/ratios"
  done
  printf '%-52s %12.5g %12.5g %9.2f\n' "$title" "$(median <"$scratch/ours")" \
    "$(median <"$scratch/theirs")" "$(median <"$scratch/ratios")"
}

# afgen_seconds N OPTION...: start to finished file.
afgen_seconds() {
  seconds afgen --p 0.9 --n "$1" "${@:2}" -o "$scratch/ours.h5" --quiet
  rm -f "$scratch/ours.h5"
}
# Images a second on one core. The more there are, the less starting and preparing the sizes of
# glyphs count.
afgen_rate() {
  local s
  s=$(taskset -cp 0 $BASHPID >/dev/null; afgen_seconds "$1" --threads 1 "${@:2}")
  awk "BEGIN {print $1 / $s}"
}
afgen_few() { afgen_rate 10000; }
afgen_many() { afgen_rate 200000; }
afgen_occluded() { afgen_rate 200000 --occlusions 1 --occlusion-scale 0.4; }
one_image() { afgen_seconds 1; }
nothing() { seconds true; }
one_core() { (taskset -cp 0 $BASHPID >/dev/null; afgen_seconds 200000 --threads 1); }
one_thread() { afgen_seconds 200000 --threads 1; }
two_threads() { afgen_seconds 200000 --threads 2; }
# Into memory, where no disk is waited for.
in_memory() { (scratch=$(mktemp -d /dev/shm/bench.XXXXXX); trap 'rm -rf "$scratch"' EXIT; "$@"); }
one_thread_in_memory() { in_memory one_thread; }
two_threads_in_memory() { in_memory two_threads; }
million_images() { afgen_seconds 1000000 --threads 2; }
# As many bytes as a million images take, to the disk and not only to memory.
million_written() {
  seconds dd if=/dev/zero of="$scratch/zeros" bs=4M count=3975 conv=fsync
  rm -f "$scratch/zeros"
}
synbols_rate() { taskset -c 0 "$python" "$peers/synbols_rate.py" "$scratch/theirs.h5" --n 500 "$@" \
  2>/dev/null | field images_per_s; }
synbols_occluded() { synbols_rate --occlusion; }

our_step() { bench_step --labels 1000 --pool 10000 --test 5000 --threads 2 --json | field total_seconds; }
baal_step() { "$python" "$peers/baal_step.py" "$@" 2>/dev/null | field total_s; }
baal_step_cached() { baal_step --cache; }
our_mc() { bench_mc_predict --model vgg16 --n 64 --t 20 --threads 2 "$@" --json | field seconds_per_image; }
our_mc_bf16() { our_mc --precision bf16; }
baal_mc() { "$python" "$peers/baal_mc.py" default --n 64 --t 20 --threads 2 2>/dev/null | field s_per_image; }
baal_mc_cached() { "$python" "$peers/baal_mc.py" cache --n 64 --t 20 --threads 2 2>/dev/null | field s_per_image; }

predictions() {
  "$python" - "$1" "$2" <<'PYTHON'
import random
import sys

draw = random.Random(0)
with open(sys.argv[1], "w") as out:
    out.write("label,prediction,group\n")
    for _ in range(int(sys.argv[2])):
        out.write(f"{draw.randrange(2)},{draw.randrange(2)},{draw.choice('abcd')}\n")
PYTHON
}
our_audit() { seconds afaudit "$scratch/p.csv" --label label --prediction prediction --group group --format json; }
fairlearn() { seconds "$python" "$peers/fairlearn_rate.py" "$scratch/p.csv"; }

if [ -n "$peers" ]; then
  peers=$(cd "$peers" && pwd)
  printf '%-52s %12s %12s %9s\n' "medians of $rounds pairs" ours theirs times
  pair "images/s, 200,000 to HDF5, one core (Synbols)" more afgen_many synbols_rate
  pair "images/s, 10,000 to HDF5, one core (Synbols)" more afgen_few synbols_rate
  pair "images/s, one occlusion, one core (Synbols)" more afgen_occluded synbols_occluded
  pair "s, a step with the small net (BaaL)" less our_step baal_step
  pair "s, a step with the small net (BaaL, caching)" less our_step baal_step_cached
  pair "s an image, VGG-16 MC prediction (BaaL)" less our_mc baal_mc
  pair "s an image, VGG-16 MC prediction (BaaL, caching)" less our_mc baal_mc_cached
  if grep -q avx512_bf16 /proc/cpuinfo; then
    pair "s an image, VGG-16 MC, bf16 (BaaL)" less our_mc_bf16 baal_mc
    pair "s an image, VGG-16 MC, bf16 (BaaL, caching)" less our_mc_bf16 baal_mc_cached
  fi
  predictions "$scratch/p.csv" 1000000
  pair "s, audit of 1,000,000 predictions (fairlearn)" less our_audit fairlearn
elif [ -n "$large" ]; then
  printf '%-52s %12s %12s %9s\n' "medians of $rounds pairs" A B B/A
  pair "s, one image, and a program that does nothing" less one_image nothing
  pair "s, 200,000 images: two threads, one thread" less two_threads one_thread
  pair "s, 200,000 images: two threads, one core" less two_threads one_core
  pair "s, 200,000 images into memory: two threads, one" less two_threads_in_memory one_thread_in_memory
  pair "s, a million images, and dd of as many bytes" less million_images million_written
else
  bench_generate --benchmark_format=json
  bench_audit --benchmark_format=json
  bench_acquisition --benchmark_format=json
  bench_step --labels 1000 --pool 10000 --test 5000 --threads 2 --json
  bench_mc_predict --model vgg16 --n 64 --t 20 --threads 2 --json
  bench_mc_predict --model vgg16 --n 64 --t 20 --threads 2 --precision bf16 --json
fi
