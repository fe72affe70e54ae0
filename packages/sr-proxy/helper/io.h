/* SPDX-License-Identifier: Apache-2.0 */
/* Whole reads and writes; the helper ends when the daemon has gone. */
#pragma once
#include "syscall.h"

__attribute__((noreturn)) static inline void leave(int status)
{
	for (;;)
		syscall3(SYS_exit_group, status, 0, 0);
}

enum { EINTR = 4, EAGAIN = 11 };

/* Waits until a descriptor that does not block, as the daemon may have made it, is ready. */
struct pollfd {
	s32 fd;
	u16 events, revents;
};
enum { POLLIN = 1, POLLOUT = 4 };

static inline void wait_ready(s32 fd, u16 events)
{
	struct pollfd one = { fd, events, 0 };

	syscall6(SYS_ppoll, (s64)&one, 1, 0, 0, 0, 0);
}

static inline void read_all(void *to, u64 size)
{
	while (size > 0) {
		s64 n = syscall3(SYS_read, 0, to, size);

		if (n == -EAGAIN)
			wait_ready(0, POLLIN);
		else if (n == 0 || (n < 0 && n != -EINTR))
			leave(n == 0 ? 0 : 1);
		if (n > 0) {
			to = (u8 *)to + n;
			size -= (u64)n;
		}
	}
}

static inline void write_all(const void *from, u64 size)
{
	while (size > 0) {
		s64 n = syscall3(SYS_write, 1, from, size);

		if (n == -EAGAIN)
			wait_ready(1, POLLOUT);
		else if (n < 0 && n != -EINTR)
			leave(1);
		if (n > 0) {
			from = (const u8 *)from + n;
			size -= (u64)n;
		}
	}
}
