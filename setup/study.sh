#!/usr/bin/env bash
# The study behind docs/study.md: six heuristics under four biases, 240 runs of 500 to 1,000
# labels. Called by `./dev study`, which builds first. Safe to stop and start again: what is done
# stays, and the tables are made from it.
#
#   ./dev study [--output DIR] [--seeds N] [--jobs N] [-- OPTION OF AFAL...]
#
# Everything is written to DIR (study/): data, a run folder for each bias, tables.md, pictures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="${AF_BIN:-$PWD/build/bin}:$PWD/.venv/bin:$PATH"

output=study seeds=10 jobs=0
while [ $# -gt 0 ]; do
  case "$1" in
    --output) output=$2; shift 2 ;;
    --seeds) seeds=$2; shift 2 ;;
    --jobs) jobs=$2; shift 2 ;;
    --) shift; break ;;
    *) printf 'study: error: unknown option %s; expected --output, --seeds, --jobs or --\n' "$1" >&2
       exit 2 ;;
  esac
done
mkdir -p "$output"

say() { printf '==> %s\n' "$*" >&2; }

# data NAME OPTION...: a data set, unless it is there.
data() {
  [ -e "$output/$1.h5" ] || afgen "${@:2}" -o "$output/$1.h5" >&2
}

say "Rendering four training sets of 10,000 images and a test set of 5,000"
data spurious-50 --bias spurious --p 0.5 --n 10000 --seed 1000
data spurious-90 --bias spurious --p 0.9 --n 10000 --seed 1000
data spurious-99 --bias spurious --p 0.99 --n 10000 --seed 1000
data minority-90 --bias minority --p 0.9 --n 10000 --seed 1000
data test --p 0.5 --n 5000 --seed 2000

# seeds_of BIAS: how many its run has been given so far.
seeds_of() {
  sed -n 's/^seeds = //p' "$output/$1/config.toml" 2>/dev/null || true
}

# A seed of every bias before another of any: a study that is stopped early has all four.
for ((count = 1; count <= seeds; ++count)); do
  for bias in spurious-90 spurious-99 minority-90 spurious-50; do
    before=$(seeds_of "$bias")
    [ "${before:-0}" -le "$count" ] || continue  # Farther already when this was stopped.
    say "$bias, $count of $seeds seeds"
    afal --config setup/study.toml --train "$output/$bias.h5" --test "$output/test.h5" \
      --seeds "$count" --jobs "$jobs" --reach 0.9,0.95,0.98 "$@" -o "$output/$bias" --json \
      >"$output/$bias.json.part"
    mv "$output/$bias.json.part" "$output/$bias.json"
  done
  node setup/study_report.mjs "$output"
done
say "Done: $output/tables.md and the pictures beside it"
