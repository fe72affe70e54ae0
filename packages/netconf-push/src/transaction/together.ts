/**
 * Waits for all of several requests that were sent at once. Of several failures the first in order counts:
 * those behind it may only follow from it.
 */
export async function together(work: readonly Promise<unknown>[]): Promise<void> {
  for (const end of await Promise.allSettled(work)) if (end.status === 'rejected') throw end.reason
}
