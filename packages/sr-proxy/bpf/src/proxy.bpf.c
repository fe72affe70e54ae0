/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The eBPF object: everything, for the kernel. */
#include "programs.h"

char _license[] SEC("license") = "Dual BSD/GPL";
