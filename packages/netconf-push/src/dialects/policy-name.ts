import type { SrPolicyElement } from '@segchain/records'

/**
 * What our policies are called on devices. The name of the chain may be longer than a device takes and have
 * slashes in it; color and endpoint are the policy's identity on its headend (RFC 9256 §2.1).
 */
export function policyName({ color, endpoint }: SrPolicyElement): string {
  return `segchain-c${color}-${endpoint.replaceAll(':', '_')}`
}

/** Of a segment list; the number counts within the candidate path, from 1. */
export function segmentListName(element: SrPolicyElement, preference: number, number: number): string {
  return `${policyName(element)}-p${preference}-${number}`
}
