/* SPDX-License-Identifier: Apache-2.0 */
/* Gives what the kernel left on the stack to serve(), and aligns the stack as the calling convention wants it. */
	.globl _start
	.type _start, %function
_start:
#if defined(__x86_64__)
	xorl %ebp, %ebp
	movq %rsp, %rdi
	andq $-16, %rsp
	call serve
#else
	mov x29, #0
	mov x30, #0
	mov x0, sp
	bl serve
#endif
	.section .note.GNU-stack, "", %progbits
