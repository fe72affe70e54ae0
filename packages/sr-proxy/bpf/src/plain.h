/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLAIN_H
#define SR_PLAIN_H
#if defined(__wasm__)
#define SR_EXPORT(name) __attribute__((export_name(#name)))
#else
#define SR_EXPORT(name)
#endif
#endif
