import { FLEX_ALGO, indexOf, type Lab, type LabRouter } from './lab.js'

/** Address of a router on a link; the third byte is the number of the link. */
export function linkAddress(link: number, router: number): string {
  return `10.0.${link}.${router}`
}

/** The namespace that listens to the BGP-LS of the first router. */
export const OBSERVER = 'obs'

/** The whole configuration of a router, for FRR's integrated vtysh. */
export function frrConfig(lab: Lab, router: LabRouter): string {
  const { number } = router
  const observed = lab.routers[0] === router
  return `${[
    `hostname r${number}`,
    'affinity-map red bit-position 0',
    'affinity-map blue bit-position 1',
    ...loopback(number),
    ...lab.links.flatMap((link, i) =>
      link.ends.includes(number)
        ? linkInterface(i + 1, number, link.metric, link.ends.length > 2, link.red ?? false)
        : [],
    ),
    ...(observed
      ? ['interface obs', ' ip address 10.99.0.1/24', 'exit', ...bgpLinkState('10.255.0.1', '10.99.0.2')]
      : []),
    ...isis(router, observed),
  ].join('\n')}\n`
}

/** The listener: takes BGP-LS and keeps it. */
export function observerConfig(): string {
  return `${['hostname obs', 'interface obs', ' ip address 10.99.0.2/24', 'exit', ...bgpLinkState('10.99.0.2', '10.99.0.1')].join('\n')}\n`
}

function loopback(number: number): string[] {
  return [
    'interface lo',
    ` ip address 10.255.0.${number}/32`,
    // With two SIDs on one prefix FRR's route of algorithm 0 also lists the next hops of the other.
    ` ip address 10.255.${FLEX_ALGO}.${number}/32`,
    ` ipv6 address fc00:0:${number}::1/128`,
    ' ip router isis 1',
    ' ipv6 router isis 1',
    ' isis passive',
    'exit',
  ]
}

function linkInterface(link: number, router: number, metric: number, lan: boolean, red: boolean): string[] {
  return [
    `interface l${link}`,
    ` ip address ${linkAddress(link, router)}/24`,
    ` ipv6 address fc01:${link}::${router}/64`,
    ' link-params',
    `  affinity ${red ? 'red' : 'blue'}`,
    '  delay 1000',
    ' exit-link-params',
    ' ip router isis 1',
    ' ipv6 router isis 1',
    ...(lan ? [] : [' isis network point-to-point']),
    ' isis circuit-type level-1',
    ' isis hello-interval 1',
    ' isis hello-multiplier 10',
    ` isis metric level-1 ${metric}`,
    ' isis fast-reroute ti-lfa level-1',
    'exit',
  ]
}

function isis({ number, srgb = 16000, flexAlgo }: LabRouter, observed: boolean): string[] {
  const member = flexAlgo !== false
  return [
    'router isis 1',
    ` net 49.0001.0000.0000.00${String(number).padStart(2, '0')}.00`,
    ' is-type level-1',
    ' lsp-gen-interval 1',
    // FRR takes one of the two: the database for BGP-LS, or the one for TE.
    ...(observed
      ? [' distribute link-state']
      : [' mpls-te on', ` mpls-te router-address 10.255.0.${number}`, ' mpls-te export']),
    ' segment-routing on',
    ` segment-routing global-block ${srgb} ${srgb + 7999} local-block 15000 15999`,
    ' segment-routing node-msd 8',
    ` segment-routing prefix 10.255.0.${number}/32 index ${indexOf.ipv4(number)}`,
    ` segment-routing prefix fc00:0:${number}::1/128 index ${indexOf.ipv6(number)}`,
    ...(member ? flexAlgorithm(number) : []),
    'exit',
  ]
}

function flexAlgorithm(number: number): string[] {
  return [
    ` segment-routing prefix 10.255.${FLEX_ALGO}.${number}/32 algorithm ${FLEX_ALGO} index ${indexOf.flexAlgo(number)}`,
    ` flex-algo ${FLEX_ALGO}`,
    '  advertise-definition',
    '  dataplane sr-mpls',
    '  affinity exclude-any red',
    '  priority 100',
    ' exit',
  ]
}

function bgpLinkState(routerId: string, neighbor: string): string[] {
  return [
    'router bgp 65000',
    ` bgp router-id ${routerId}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp default ipv4-unicast',
    ` neighbor ${neighbor} remote-as 65000`,
    ` neighbor ${neighbor} timers 3 9`,
    ` neighbor ${neighbor} timers connect 2`,
    ' address-family link-state link-state',
    `  neighbor ${neighbor} activate`,
    ' exit-address-family',
    'exit',
  ]
}
