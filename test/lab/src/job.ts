import type { PlanElement } from '@segchain/records'
import { vtyshFor } from './apply-plan.js'
import { OBSERVER } from './frr-config.js'
import { FLEX_ALGO, indexOf, type Lab, type LabRouter, type Probe, type ProbeSegment } from './lab.js'
import { policyOf, stackOf } from './plan.js'

/** Flows of each probe: the kernel shares equal paths by the addresses. */
export const FLOWS = 32

/**
 * What the first process of the kernel runs: builds the network, waits, puts the plan on it where there is one,
 * writes down what the network does.
 */
export function jobScript(lab: Lab, plan: readonly PlanElement[]): string {
  const names = lab.routers.map(({ number }) => `r${number}`)
  return `${[
    '#!/bin/bash',
    `ROUTERS="${names.join(' ')}"`,
    `NAMES="$ROUTERS ${OBSERVER}"`,
    FUNCTIONS,
    'for n in $NAMES; do namespace $n; done',
    ...lab.links.flatMap((link, i) =>
      link.ends.length === 2
        ? [`wire l${i + 1} ${link.ends.map((end) => `r${end}`).join(' ')}`]
        : [`lan l${i + 1} ${link.ends.map((end) => `r${end}`).join(' ')}`],
    ),
    `wire obs ${names[0]} ${OBSERVER}`,
    `ip netns exec ${OBSERVER} tcpdump -i obs -U -w /lab/out/bgpls.pcap tcp port 179 >/dev/null 2>&1 &`,
    'for n in $NAMES; do start $n; done',
    'for n in $NAMES; do vtysh -N $n -b 2>&1 | sed "s/^/$n: /"; done',
    'settle complete',
    // Before the network settles: a new address in the IGP makes FRR compute again.
    ...[...new Set(lab.probes.map(({ to }) => to))].map((to) => `ip -n r${to} addr replace 10.200.${to}.0/26 dev lo`),
    ...lab.routers.flatMap((router) => applyCommand(plan, lab, router)),
    ...serviceFunction(plan),
    'for n in $ROUTERS; do refresh $n; done',
    'settle complete',
    'services',
    'versions',
    'for n in $ROUTERS; do collect $n; done',
    `vtysh -N ${names[0]} -c 'show isis database detail' >/lab/out/database.txt`,
    ...lab.probes.flatMap((probe, i) => probeCommands(lab, plan, probe, i)),
    'sleep 1',
    'kill $(jobs -p)',
  ].join('\n')}\n`
}

const FUNCTIONS = `
namespace() {
  ip netns add $1
  ip -n $1 link set lo up
  ip netns exec $1 sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0
  ip netns exec $1 sysctl -qw net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
  ip netns exec $1 sysctl -qw net.mpls.platform_labels=1048575 net.mpls.conf.lo.input=1
}
up() { # interface namespace
  ip -n $2 link set $1 up
  ip netns exec $2 sysctl -qw net.mpls.conf.$1.input=1
}
wire() { # interface a b
  ip link add $1 netns $2 type veth peer name $1 netns $3
  up $1 $2
  up $1 $3
}
lan() { # interface routers…
  ip netns add sw-$1
  ip -n sw-$1 link add bridge type bridge mcast_snooping 0
  ip -n sw-$1 link set bridge up
  for r in "\${@:2}"; do
    ip link add $1 netns $r type veth peer name $r netns sw-$1
    up $1 $r
    ip -n sw-$1 link set $r master bridge up
  done
}
start() {
  mkdir -p /etc/frr/$1 /run/frr/$1
  echo 'service integrated-vtysh-config' >/etc/frr/$1/vtysh.conf
  cp /lab/conf/$1.conf /etc/frr/$1/frr.conf
  chown -R frr:frr /etc/frr/$1 /run/frr/$1
  for daemon in mgmtd zebra isisd staticd bgpd; do
    [ $1 = obs ] && [ $daemon = isisd ] && continue
    # A host name of its own: it is what the router advertises.
    unshare --uts sh -c 'hostname $0; exec "$@"' $1 \
      ip netns exec $1 /usr/lib/frr/$daemon -d -N $1 --log file:/tmp/$1.log </dev/null >>/tmp/$1.start 2>&1
  done
}
tables() { for n in $ROUTERS; do ip -n $n -f mpls route; done | sort | md5sum; }
# Every router has rows for all others, in IPv4 and IPv6: a LAN may take its time.
complete() {
  local n others=$(($(echo $ROUTERS | wc -w) - 1))
  for n in $ROUTERS; do [ $(ip -n $n -f mpls route | awk '$1 >= 16000' | wc -l) -ge $((2 * others)) ] || return 1; done
}
# Until no label table has changed for 15 seconds, and this command succeeds, at most 4 minutes.
settle() {
  local same=0 before= now
  for i in $(seq 240); do
    sleep 1
    now=$(tables)
    if [ "$now" = "$before" ] && [ $i -gt 20 ] && "\${@:-true}"; then same=$((same + 1)); else same=0; fi
    before=$now
    [ $same -ge 15 ] && break
  done
  echo "settled after \${i}s"
}
# FRR allots the protected adjacency-SIDs with the first repairs, and tells of them in its next LSP.
refresh() { vtysh -N $1 -c 'conf t' -c 'router isis 1' -c 'no hostname dynamic' -c 'hostname dynamic'; }
versions() {
  echo "kernel $(uname -r)" >/lab/out/versions.txt
  /usr/lib/frr/isisd --version | head -1 >>/lab/out/versions.txt
  ip -V >>/lab/out/versions.txt
}
collect() {
  mkdir -p /lab/out/$1
  ip -n $1 -j -f mpls route >/lab/out/$1/mpls-route.json
  vtysh -N $1 -c 'show isis route level-1 backup' >/lab/out/$1/backup.txt
  vtysh -N $1 -c 'show isis route level-1 backup algorithm ${FLEX_ALGO}' >/lab/out/$1/backup-${FLEX_ALGO}.txt
}
# Label of an adjacency-SID: router interface neighbour-address
adjacency() { ip -n $1 -f mpls route | awk -v via="via inet $3 dev $2 " '$1 >= 15000 && $1 < 16000 && index($0 " ", via) { print $1; exit }'; }
# The top label is looked up by the headend's own label table: the packet passes its loopback first.
probe() { # number from to stack address device
  local prefix=10.200.$3.0/26
  ip -n r$2 route replace $prefix encap mpls $4 via inet $5 dev $6
  local dumps=
  for n in $ROUTERS; do
    ip netns exec $n tcpdump -t -nn -l -i any >/run/dump.$n 2>/dev/null &
    dumps="$dumps $!"
  done
  sleep 2
  local pings= flow
  for flow in $(seq ${FLOWS}); do
    ip netns exec r$2 ping -n -c 1 -W 5 -I 10.255.0.$2 10.200.$3.$flow >/run/ping.$flow 2>&1 &
    pings="$pings $!"
  done
  wait $pings
  sleep 1
  kill $dumps
  wait $dumps
  {
    echo "stack $4"
    echo "answered $(cat /run/ping.* | grep -c 'bytes from') of ${FLOWS}"
    for n in $ROUTERS; do grep 'echo request' /run/dump.$n | sed "s/^/$n /"; done | sed 's/ IP [0-9.]* > .*//; s/, tc 0//g; s/, ttl [0-9]*//g' | sort -u
  } >/lab/out/probe-$1.txt
  ip -n r$2 route del $prefix
}
`

function applyCommand(plan: readonly PlanElement[], lab: Lab, router: LabRouter): string[] {
  const commands = vtyshFor(plan, lab, router)
  return commands === '' ? [] : [`vtysh -N r${router.number} ${commands} || echo "r${router.number}: not applied"`]
}

/**
 * What stands for a proxy or a switch program here: it takes the label of its service off, and the packet goes on
 * with the next one. (FRR's own row for an anycast SID of its own leads to the other members: README, differences.)
 */
function serviceFunction(plan: readonly PlanElement[]): string[] {
  const rows = plan.flatMap((element) =>
    element.kind === 'proxy-entry' || element.kind === 'switch-entry'
      ? [`ip -n ${element.device} -f mpls route replace ${element.label} dev lo`]
      : [],
  )
  return ['services() {', ...rows.map((row) => `  ${row}`), '  true', '}']
}

function probeCommands(lab: Lab, plan: readonly PlanElement[], probe: Probe, number: number): string[] {
  const labels = 'color' in probe.stack ? stackOf(policyOf(plan, probe.from, probe.stack)) : labelTexts(lab, probe)
  const way =
    probe.via === undefined ? '127.0.0.1 lo' : `10.0.${probe.via.link}.${probe.via.neighbor} l${probe.via.link}`
  const send = `probe ${number + 1} ${probe.from} ${probe.to} "${labels.join('/')}" ${way}`
  if (probe.down === undefined) return [send]
  const end = lab.links[probe.down - 1]?.ends[0]
  const turn = (state: string): string[] => [`ip -n r${end} link set l${probe.down} ${state}`, 'settle', 'services']
  return [...turn('down'), send, ...turn('up')]
}

function labelTexts(lab: Lab, { stack, via, from }: Probe): string[] {
  if ('color' in stack) return []
  let reader = via?.neighbor ?? from
  return stack.map((segment) => {
    const label = labelText(lab, segment, reader)
    reader = 'node' in segment ? segment.node : segment.neighbor
    return label
  })
}

/** As the router knows it that reads it; the label of an adjacency is only known once FRR has chosen it. */
function labelText(lab: Lab, segment: ProbeSegment, reader: number): string {
  if ('node' in segment) {
    const srgb = lab.routers.find((router) => router.number === reader)?.srgb ?? 16000
    return String(srgb + (segment.algorithm === 0 ? indexOf.ipv4(segment.node) : indexOf.flexAlgo(segment.node)))
  }
  const { adjacency, link, neighbor } = segment
  return `$(adjacency r${adjacency} l${link} 10.0.${link}.${neighbor})`
}
