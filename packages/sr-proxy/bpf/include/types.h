/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_TYPES_H
#define SR_TYPES_H
/* The same names in both runtimes: the kernel's header for eBPF, plain C elsewhere. */
#if defined(__bpf__)
#include <linux/types.h>
#else
typedef unsigned char __u8;
typedef unsigned short __u16;
typedef unsigned int __u32;
typedef unsigned long long __u64;
typedef int __s32;
#endif
#endif
