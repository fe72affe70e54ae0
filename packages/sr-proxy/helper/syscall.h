/* SPDX-License-Identifier: Apache-2.0 */
/* System calls without a libc: the helper is freestanding, so that one compiler makes it for both machines. */
#pragma once

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef int s32;
typedef long s64;

#if defined(__x86_64__)
enum { SYS_read = 0, SYS_write = 1, SYS_close = 3, SYS_mmap = 9, SYS_munmap = 11, SYS_ioctl = 16, SYS_socket = 41,
       SYS_exit_group = 231, SYS_ppoll = 271, SYS_setns = 308, SYS_bpf = 321, SYS_openat = 257, SYS_prctl = 157 };

static inline s64 syscall6(s64 number, s64 a, s64 b, s64 c, s64 d, s64 e, s64 f)
{
	register s64 r10 __asm__("r10") = d;
	register s64 r8 __asm__("r8") = e;
	register s64 r9 __asm__("r9") = f;
	s64 result;
	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}
#elif defined(__aarch64__)
enum { SYS_read = 63, SYS_write = 64, SYS_close = 57, SYS_mmap = 222, SYS_munmap = 215, SYS_ioctl = 29,
       SYS_socket = 198, SYS_exit_group = 94, SYS_ppoll = 73, SYS_setns = 268, SYS_bpf = 280, SYS_openat = 56,
       SYS_prctl = 167 };

static inline s64 syscall6(s64 number, s64 a, s64 b, s64 c, s64 d, s64 e, s64 f)
{
	register s64 x8 __asm__("x8") = number;
	register s64 x0 __asm__("x0") = a;
	register s64 x1 __asm__("x1") = b;
	register s64 x2 __asm__("x2") = c;
	register s64 x3 __asm__("x3") = d;
	register s64 x4 __asm__("x4") = e;
	register s64 x5 __asm__("x5") = f;
	__asm__ volatile("svc 0"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
			 : "memory");
	return x0;
}
#else
#error "no system calls for this machine"
#endif

#define syscall3(number, a, b, c) syscall6(number, (s64)(a), (s64)(b), (s64)(c), 0, 0, 0)

/* The compiler may make calls of these from plain loops and assignments. */
void *memcpy(void *to, const void *from, u64 size);
void *memset(void *to, int byte, u64 size);
