/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#include "plain-memory.h"

#if defined(__wasm__)
#define PAGE 65536ul
extern unsigned char __heap_base;
static unsigned long next;

/* Fresh pages are zero, and nothing is used twice. */
void *sr_memory(unsigned long bytes) {
  if (!next) next = ((unsigned long)&__heap_base + 15) & ~15ul;
  unsigned long at = next, end = (at + bytes + 15) & ~15ul;
  unsigned long have = __builtin_wasm_memory_size(0) * PAGE;
  if (end > have && __builtin_wasm_memory_grow(0, (end - have + PAGE - 1) / PAGE) == (unsigned long)-1) return 0;
  next = end;
  return (void *)at;
}

void *memcpy(void *to, const void *from, unsigned long bytes) {
  for (unsigned long i = 0; i < bytes; i++) ((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
  return to;
}

void *memset(void *to, int value, unsigned long bytes) {
  for (unsigned long i = 0; i < bytes; i++) ((unsigned char *)to)[i] = (unsigned char)value;
  return to;
}
#else
#include <stdlib.h>
void *sr_memory(unsigned long bytes) { return calloc(1, bytes ? bytes : 1); }
#endif
