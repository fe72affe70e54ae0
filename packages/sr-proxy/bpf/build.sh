#!/bin/sh
# Builds the data plane for the kernel and for WebAssembly into the folder given (default: objects).
# Wants clang, lld and llvm 14, libbpf's headers. The result depends on nothing but their versions: no paths, no times.
set -eu
cd "$(dirname "$0")"
out=${1:-objects}
CLANG=${CLANG:-$(command -v clang-14 || command -v clang)}
OBJCOPY=${OBJCOPY:-$(command -v llvm-objcopy-14 || command -v llvm-objcopy)}
includes=$(for folder in /usr/include/*-linux-gnu; do if [ -d "$folder/asm" ]; then echo "-I$folder"; fi; done)
mkdir -p "$out"
# BTF says what the maps are; the line information (.BTF.ext) is three times the code and only for people.
# shellcheck disable=SC2086
"$CLANG" --target=bpfel -mcpu=v3 -O2 -g -Wall -Wextra -Wno-unused-parameter -Werror $includes \
  -ffile-prefix-map="$PWD"=. -c src/proxy.bpf.c -o "$out/sr-proxy.o"
"$OBJCOPY" --strip-debug --remove-section=.BTF.ext --remove-section=.rel.BTF.ext --remove-section=.llvm_addrsig \
  "$out/sr-proxy.o"
"$CLANG" --target=wasm32 -mbulk-memory -O2 -Wall -Wextra -Wno-unused-parameter -Werror -ffreestanding -nostdlib \
  -Wl,--no-entry,--strip-all,-z,stack-size=65536 -o "$out/sr-proxy.wasm" src/plain.c src/plain-table.c src/plain-memory.c
chmod 644 "$out/sr-proxy.o" "$out/sr-proxy.wasm"
