/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sr-proxy-bpf: does bpf(2) for the daemon, because Node.js has no call for it. It knows nothing of proxies: it
 * carries out what comes over stdin (protocol.h) and ends when stdin does. What it loaded stays, where it is pinned.
 */
#include "syscall.h"
#include "protocol.h"
#include "io.h"
#include "ring.h"

enum { EINVAL = 22, E2BIG = 7 };

static u8 request[MAX_REQUEST] __attribute__((aligned(64)));
static u8 arena[MAX_REQUEST * 2] __attribute__((aligned(64)));
static u8 attr[MAX_ATTR] __attribute__((aligned(8)));

struct buffer {
	u32 attr_offset, in, out;
};

static void answer(u32 id, s32 result)
{
	u32 head[3] = { 8, id, (u32)result };

	write_all(head, sizeof(head));
}

/*
 * Where a buffer is for the kernel: in the request itself, or in the arena when more comes back than went in.
 * @return 0 when there is no room
 */
static u64 place_buffer(const struct buffer *b, const u8 *in, u32 *used)
{
	u8 *at = arena + *used;

	if (b->out <= b->in)
		return (u64)in;
	if (b->out > sizeof(arena) - 64 - *used)
		return 0;
	*used += (b->out + 63) & ~63u;
	memcpy(at, in, b->in);
	memset(at + b->in, 0, b->out - b->in);
	return (u64)at;
}

/* Points attr at the buffers, calls, and answers with what the kernel left. */
static void do_bpf(u32 id, const u8 *body, u32 length)
{
	struct buffer buffers[MAX_BUFFERS];
	u32 command, attr_length, count, at = 12, used = 0, out = 0;
	u64 place[MAX_BUFFERS];
	s64 result;

	if (length < 12)
		return answer(id, -EINVAL);
	memcpy(&command, body, 4);
	memcpy(&attr_length, body + 4, 4);
	memcpy(&count, body + 8, 4);
	if (count > MAX_BUFFERS || attr_length > MAX_ATTR || length - at < count * 12 + attr_length)
		return answer(id, -EINVAL);
	memcpy(buffers, body + at, count * 12);
	at += count * 12;
	memset(attr, 0, sizeof(attr));
	memcpy(attr, body + at, attr_length);
	at += attr_length;
	for (u32 i = 0; i < count; i++) {
		struct buffer *b = &buffers[i];
		if (b->in > length - at || b->attr_offset > MAX_ATTR - 8)
			return answer(id, -EINVAL);
		place[i] = place_buffer(b, body + at, &used);
		if (place[i] == 0)
			return answer(id, -E2BIG);
		memcpy(attr + b->attr_offset, &place[i], 8);
		at += b->in;
		out += b->out;
	}
	result = syscall3(SYS_bpf, command, attr, attr_length);

	u32 head[3] = { 8 + attr_length + out, id, (u32)result };

	write_all(head, sizeof(head));
	write_all(attr, attr_length);
	for (u32 i = 0; i < count; i++)
		write_all((void *)place[i], buffers[i].out);
}

static s64 set_feature(const u8 *body, u32 length)
{
	enum { AF_INET = 2, SOCK_DGRAM_CLOEXEC = 2 | 02000000, SIOCETHTOOL = 0x8946 };
	u32 value[2];
	struct {
		char name[16];
		void *data;
		u8 rest[16];
	} ifreq = { .data = value };
	s64 fd, result;

	if (length != 24)
		return -EINVAL;
	memcpy(value, body, 8);
	memcpy(ifreq.name, body + 8, 15);
	fd = syscall3(SYS_socket, AF_INET, SOCK_DGRAM_CLOEXEC, 0);
	if (fd < 0)
		return fd;
	result = syscall3(SYS_ioctl, fd, SIOCETHTOOL, &ifreq);
	syscall3(SYS_close, fd, 0, 0);
	return result;
}

static s64 enter_netns(const u8 *body, u32 length)
{
	enum { AT_FDCWD = -100, O_RDONLY_CLOEXEC = 02000000, CLONE_NEWNET = 0x40000000 };
	s64 fd, result;

	if (length == 0 || body[length - 1] != 0)
		return -EINVAL;
	fd = syscall3(SYS_openat, AT_FDCWD, body, O_RDONLY_CLOEXEC);
	if (fd < 0)
		return fd;
	result = syscall3(SYS_setns, fd, CLONE_NEWNET, 0);
	syscall3(SYS_close, fd, 0, 0);
	return result;
}

static void serve_request(void)
{
	u32 length, id, operation, word[2] = { 0, 0 };

	read_all(&length, 4);
	if (length < 8 || length > MAX_REQUEST)
		leave(2);
	read_all(request, length);
	memcpy(&id, request, 4);
	memcpy(&operation, request + 4, 4);

	const u8 *body = request + 8;

	length -= 8;
	memcpy(word, body, length < 8 ? length : 8);
	switch (operation) {
	case OP_BPF:
		return do_bpf(id, body, length);
	case OP_CLOSE:
		return answer(id, (s32)syscall3(SYS_close, word[0], 0, 0));
	case OP_RING:
		return answer(id, (s32)ring_open(word[0], word[1]));
	case OP_ETHTOOL:
		return answer(id, (s32)set_feature(body, length));
	case OP_NETNS:
		return answer(id, (s32)enter_netns(body, length));
	default:
		return answer(id, -EINVAL);
	}
}

/* Of the machine: the auxiliary vector stands behind argc, argv and envp, each list ended by a zero. */
static u32 page_size_of(const u64 *stack)
{
	enum { AT_PAGESZ = 6 };
	const u64 *at = stack + 1 + stack[0] + 1;

	while (*at++ != 0)
		;
	for (; at[0] != 0; at += 2)
		if (at[0] == AT_PAGESZ)
			return (u32)at[1];
	return 4096;
}

__attribute__((noreturn, used)) void serve(const u64 *stack)
{
	rings_begin(page_size_of(stack));
	for (;;) {
		if (wait_for_input())
			serve_request();
		rings_drain();
	}
}
