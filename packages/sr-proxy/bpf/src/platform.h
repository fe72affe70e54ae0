/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLATFORM_H
#define SR_PLATFORM_H
/*
 * What differs between the kernel and plain C: where a frame's bytes are, how its head moves, tables, redirect, tail
 * calls, time. Everything else includes this file and is written once. All code keeps to what the verifier of the
 * kernel accepts: every access to a frame is checked against its end, every loop has a constant bound.
 */
#include "../include/tables.h"

#define SR_INLINE static inline __attribute__((always_inline))

#if defined(__bpf__)
#include "platform-bpf.h"
#else
#include "platform-plain.h"
#endif

#include "bytes.h"
#include "maps.h"

#if defined(__bpf__)
#include "effects-bpf.h"
#else
#include "effects-plain.h"
#endif

#endif
