#!/bin/sh
# Builds the data plane natively with libFuzzer, AddressSanitizer and UndefinedBehaviorSanitizer, and runs it.
# fuzz.sh [SECONDS] [CORPUS]: 30 seconds by default; a long run: fuzz.sh 86400 corpus
set -eu
cd "$(dirname "$0")"
seconds=${1:-30}
CLANG=${CLANG:-$(command -v clang-14 || command -v clang)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
corpus=${2:-$work/corpus}
mkdir -p "$corpus"
# Words of tables are read from octets of packets: unaligned, as the machines allow.
"$CLANG" -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize=alignment -fno-sanitize-recover=undefined \
  -Wall -Wextra -Wno-unused-parameter -o "$work/fuzz" src/fuzz.c src/plain-table.c src/plain-memory.c
"$work/fuzz" -max_total_time="$seconds" -max_len=4096 -timeout=10 -print_final_stats=1 -artifact_prefix="$corpus/" "$corpus"
