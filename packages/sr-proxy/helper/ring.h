/* SPDX-License-Identifier: Apache-2.0 */
/* Ring buffers (BPF_MAP_TYPE_RINGBUF): their records become events, in order, and their room is given back. */
#pragma once
#include "syscall.h"

/* Tells the size of a page, once, before anything else. */
void rings_begin(u32 page_size);
/* Maps a ring and watches it. @return 0 or minus errno */
s64 ring_open(u32 fd, u32 size);
/* Sends what is in the rings. */
void rings_drain(void);
/* Waits for a request or a record. @return whether there is a request */
int wait_for_input(void);
