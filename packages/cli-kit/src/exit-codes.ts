import type { ErrorCategory } from '@segchain/records/error'

/** The exit codes, the same in all tools. The page docs/exit-codes.md is made from this table. */
export const exitCodes = [
  { code: 0, name: 'ok', meaning: 'no error, no change, no drift' },
  { code: 1, name: 'different', meaning: 'a difference (only diff, drift, verify, and plan --exit-code)' },
  { code: 2, name: 'usage', meaning: 'wrong flags, arguments or configuration' },
  { code: 3, name: 'targets', meaning: 'some targets failed' },
  { code: 4, name: 'data', meaning: 'input data invalid' },
  { code: 5, name: 'connect', meaning: 'no connection, no authentication, or an unknown host key' },
  { code: 6, name: 'rejected', meaning: 'rejected by the device, or rolled back' },
  { code: 7, name: 'stale', meaning: 'stale plan, or lock held by another' },
  { code: 70, name: 'internal', meaning: 'a defect of segchain' },
  { code: 130, name: 'interrupted', meaning: 'ended by SIGINT' },
  { code: 143, name: 'terminated', meaning: 'ended by SIGTERM' },
] as const

export type ExitCode = (typeof exitCodes)[number]['code']

export const exitCodeOfCategory = {
  usage: 2,
  targets: 3,
  data: 4,
  connect: 5,
  rejected: 6,
  stale: 7,
  internal: 70,
} as const satisfies Record<ErrorCategory, ExitCode>
