/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLAIN_MEMORY_H
#define SR_PLAIN_MEMORY_H
/* Zeroed memory that is never given back; null: there is no more. */
void *sr_memory(unsigned long bytes);
#endif
