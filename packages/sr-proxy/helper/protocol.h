/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The wire between the daemon and the helper, over stdin and stdout; little-endian, as both machines are.
 * src/bpf/frames.ts is the other end.
 *
 *   request:  u32 length of what follows, u32 id (not 0), u32 operation, body
 *   answer:   u32 length of what follows, u32 id, s32 result (or minus errno), body
 *   event:    an answer with id 0: result is the ring's descriptor, body a record of it
 *
 *   BPF body: u32 command, u32 length of attr, u32 number of buffers,
 *             for each buffer: u32 offset in attr of the pointer to it, u32 bytes in, u32 bytes out,
 *             attr, the bytes in of every buffer one after the other
 *   answer:   attr as the kernel left it, the bytes out of every buffer
 *
 *   CLOSE:    u32 descriptor
 *   RING:     u32 descriptor of a ring buffer map, u32 its size: its records come as events from now on
 *   ETHTOOL:  u32 command (ETHTOOL_S…), u32 value, 16 bytes name of the interface
 *   NETNS:    path of a network namespace, ended by a zero: everything after this happens there
 */
#pragma once

enum operation { OP_BPF = 0, OP_CLOSE = 1, OP_RING = 2, OP_ETHTOOL = 3, OP_NETNS = 4 };

#define MAX_REQUEST (16u << 20)
#define MAX_BUFFERS 8
#define MAX_ATTR 256
#define MAX_RINGS 4
