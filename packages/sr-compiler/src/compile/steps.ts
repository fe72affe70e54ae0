/**
 * Order of application, make before break: a proxy knows its label before a SID brings packets to
 * it, every SID exists before a stack names it, and a policy before traffic is steered into it. So
 * what is nearer to the egress always comes first. Removal goes the other way round.
 */
export const STEPS = {
  segmentRouting: 1,
  /** A Flex-Algo that has its constraints before the links have their affinities would prune the wrong ones. */
  linkAttributes: 1,
  flexAlgo: 2,
  adjacencySid: 2,
  serviceEntry: 3,
  loopback: 4,
  prefixSid: 5,
  tiLfa: 5,
  /** The policies behind binding-SIDs, the last piece of a stack first: at most three before the headend's. */
  bindingPolicy: 6,
  srPolicy: 9,
  steering: 10,
} as const
