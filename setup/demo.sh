#!/usr/bin/env bash
# The reference experiment, small: does BALD choose a fairer labelled set than chance does?
# Called by `./dev demo`, which builds first. Everything is written to demo/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PATH="$PWD/build/bin:$PATH"
begin=$(date +%s)

say() { printf '\n==> %s\n' "$*" >&2; }

mkdir -p demo
say "Rendering: 10,000 training images in which 90 % of each character have one colour"
afgen --p 0.9 --n 10000 --seed 1000 -o demo/train.h5 --preview demo/train.png --force
say "Rendering: 5,000 test images in which colour says nothing"
afgen --p 0.5 --n 5000 --seed 2000 -o demo/test.h5 --force

say "Labelling 500 to 1,000 images by BALD and at random, 3 seeds each"
afal --train demo/train.h5 --test demo/test.h5 --heuristics bald,random --seeds 3 \
  --initial 500 --query 100 --budget 1000 -o demo/run "$@" >demo/run.txt

say "Auditing what each labelled, against the pool"
for heuristic in bald random; do
  for seed in 0 1 2; do
    afaudit demo/train.h5 --subset "demo/run/$heuristic/seed-$seed/labelled.csv" --force \
      -o "demo/labelled-$heuristic-$seed.txt"
  done
done
afaudit demo/run --format html -o demo/report.html --force

printf '\n'
cat demo/run.txt
printf '\nDone in %d s. To look at:\n' $(($(date +%s) - begin))
printf '  %-22s %s\n' \
  demo/report.html 'learning curves, worst group, what was labelled step by step' \
  demo/train.png 'the training images, cell by cell' \
  'demo/labelled-*.txt' 'each labelled set against the pool'
