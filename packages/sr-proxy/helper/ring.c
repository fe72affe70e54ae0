/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The layout is the kernel's (include/uapi/linux/bpf.h, kernel/bpf/ringbuf.c): a page with the consumer's position,
 * which we write; a page with the producer's, and the data mapped twice in a row, so that no record is cut in two.
 */
#include "ring.h"
#include "io.h"
#include "protocol.h"

enum { PROT_READ = 1, PROT_WRITE = 2, MAP_SHARED = 1, MAX_ERRNO = 4095 };
#define BUSY (1u << 31)
#define DISCARD (1u << 30)

struct ring {
	u32 fd, mask;
	u64 *consumer;
	const u64 *producer;
	const u8 *data;
};

static struct ring rings[MAX_RINGS];
static u32 ring_count, page;

void rings_begin(u32 page_size)
{
	page = page_size;
}

static s64 map(u32 fd, u64 size, int protection, u64 offset)
{
	return syscall6(SYS_mmap, 0, (s64)size, protection, MAP_SHARED, fd, (s64)offset);
}

s64 ring_open(u32 fd, u32 size)
{
	enum { EINVAL = 22, EMFILE = 24 };
	s64 consumer, producer;

	if (ring_count == MAX_RINGS)
		return -EMFILE;
	if (size < page || (size & (size - 1)) != 0 || size > 1u << 28)
		return -EINVAL;
	consumer = map(fd, page, PROT_READ | PROT_WRITE, 0);
	if (consumer < 0 && consumer > -MAX_ERRNO)
		return consumer;
	producer = map(fd, page + 2ul * size, PROT_READ, page);
	if (producer < 0 && producer > -MAX_ERRNO) {
		syscall3(SYS_munmap, consumer, page, 0);
		return producer;
	}
	rings[ring_count++] = (struct ring){ fd, size - 1, (u64 *)consumer, (u64 *)producer, (u8 *)producer + page };
	return 0;
}

static void drain(struct ring *ring)
{
	u64 at = *ring->consumer;

	while (at < __atomic_load_n(ring->producer, __ATOMIC_ACQUIRE)) {
		const u32 *header = (const u32 *)(ring->data + (at & ring->mask));
		u32 length = __atomic_load_n(header, __ATOMIC_ACQUIRE);

		if (length & BUSY)
			return;
		if (!(length & DISCARD)) {
			u32 head[3] = { 8 + length, 0, ring->fd };

			write_all(head, sizeof(head));
			write_all(header + 2, length);
		}
		at += ((length & ~DISCARD) + 8 + 7) & ~7ul;
		__atomic_store_n(ring->consumer, at, __ATOMIC_RELEASE);
	}
}

void rings_drain(void)
{
	for (u32 i = 0; i < ring_count; i++)
		drain(&rings[i]);
}

int wait_for_input(void)
{
	struct pollfd waiting[1 + MAX_RINGS] = { { 0, POLLIN, 0 } };

	for (u32 i = 0; i < ring_count; i++)
		waiting[1 + i] = (struct pollfd){ (s32)rings[i].fd, POLLIN, 0 };
	if (syscall6(SYS_ppoll, (s64)waiting, 1 + ring_count, 0, 0, 0, 0) < 0)
		return 0;
	return waiting[0].revents != 0;
}
