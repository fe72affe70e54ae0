#!/bin/sh
# Builds the helper for both machines into the folder given (default: prebuilt). Wants clang and lld; the result
# depends on nothing but their version: no libc, no headers of the system, no paths, no times.
set -eu
cd "$(dirname "$0")"
CC=${CC:-clang}
LLD=${LLD:-$(command -v ld.lld || command -v ld.lld-14)}
out=${1:-prebuilt}
for machine in x86_64 aarch64; do
  case $machine in x86_64) name=linux-x64 ;; *) name=linux-arm64 ;; esac
  mkdir -p "$out/$name"
  "$CC" --target=$machine-linux-gnu -std=gnu11 -Os -Wall -Wextra -Wno-parentheses -Werror -ffreestanding -fno-builtin \
    -fno-stack-protector -fno-asynchronous-unwind-tables -fno-ident -fno-pic -ffunction-sections -nostdinc -nostdlib \
    -static --ld-path="$LLD" -Wl,--build-id=none,--gc-sections,-s,-z,noexecstack,-z,separate-code \
    -o "$out/$name/sr-proxy-bpf" start.S helper.c ring.c memory.c
done
