/** What would be right, by what is wrong with a chain, where nothing nearer to the case is known. */
const REMEDIES: Readonly<Record<string, string>> = {
  ALGORITHM_UNKNOWN: 'add a FlexAlgo for it, or take algorithm 0',
  BOUND_DELAY: 'a wider bound, a Flex-Algo of the metric min-delay, or instances nearer to one another',
  BOUND_LABELS: 'a wider bound, or fewer services',
  BOUND_SIDS: 'a wider bound, fewer services, or micro-SIDs (spec.srv6.csid: next of the Network intent)',
  NOT_IN_ORDER: 'spec.mode: pinned takes instances by name; or move an instance',
  PACKET_DROPPED: 'another mode or algorithm of the chain; sr-compiler trace shows the way of the packet',
  SERVICE_WITHOUT_SID: 'its own error says what is missing',
  SID_LIST: 'spec.srv6.csid: none of the Network intent gives each SID 128 bits',
  STACK_DROPPED: 'another mode or algorithm of the chain; sr-compiler trace shows the way of the packet',
  TOO_MANY_WAYS: 'fewer alternatives and optional services in the chain',
  UNREACHABLE:
    'another algorithm, or an instance on a node that the others reach; sr-compiler explain names the change',
}

export function remedyOf(code: string): string {
  return REMEDIES[code] ?? 'sr-compiler explain names the single changes that would help'
}
