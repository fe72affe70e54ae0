/* SPDX-License-Identifier: Apache-2.0 */
#include "syscall.h"

void *memcpy(void *to, const void *from, u64 size)
{
	u8 *a = to;
	const u8 *b = from;

	while (size-- > 0)
		*a++ = *b++;
	return to;
}

void *memset(void *to, int byte, u64 size)
{
	u8 *a = to;

	while (size-- > 0)
		*a++ = (u8)byte;
	return to;
}
