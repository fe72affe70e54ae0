import type { Instance, LabelEntry, Tables } from '../../src/tables/schema.js'
import { tcp, udp } from '../packets/transport.js'
import type { Case, Step } from './case.js'
import { arriving, leaving, MAC, NEXT, onward, returned, world } from './world.js'

/** The service table, after Serval. */
const SERVICE = 1500
const NAME = 'orange/cg/classify'
const session = (port: number): Buffer => udp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: port })
const six = tcp({ source: '2001:db8::1', destination: '2001:db8:2::1' })
const to = (by: 'vnf0' | 'vnf1', packet: Buffer): Step => ({
  from: 'net0',
  frame: arriving([SERVICE, NEXT], packet),
  expect: { out: by, frame: leaving(by, [], packet) },
})
const back = (by: 'vnf0' | 'vnf1', packet: Buffer): Step => ({
  from: by,
  frame: returned(by, packet),
  expect: { out: 'net1', frame: leaving('net1', [{ label: NEXT, ttl: 63 }], packet) },
})
const base: Tables & { readonly labels: LabelEntry[] } = {
  ...world,
  labels: [{ label: SERVICE, action: 'service', service: NAME }, onward],
}
const here: Instance = { name: 'here', vnf: 'fw' }
const there: Instance = { name: 'there', vnf: 'ids' }
const withInstances = (...instances: Instance[]): Tables => ({
  ...base,
  services: [{ service: NAME, action: 'forward', instances }],
})

export const services: readonly Case[] = [
  {
    name: 'FORWARD to an instance here: as End.AD, and back',
    tables: withInstances(here),
    steps: [to('vnf0', session(1)), back('vnf0', session(1)), to('vnf0', six), back('vnf0', six)],
  },
  {
    name: 'FORWARD to an instance on another host: the label of the service is replaced by the stack that leads there',
    tables: withInstances({ name: 'far', nextHop: 'east', stack: [16005, 1501] }),
    steps: [
      {
        from: 'net0',
        frame: arriving([{ label: SERVICE, ttl: 20, tc: 3 }, NEXT, 3001], session(1)),
        expect: {
          out: 'net1',
          frame: leaving(
            'net1',
            [{ label: 16005, ttl: 19, tc: 3 }, { label: 1501, ttl: 19, tc: 3 }, NEXT, 3001],
            session(1),
          ),
        },
      },
      {
        from: 'net0',
        frame: arriving([SERVICE], session(2)),
        expect: {
          out: 'net1',
          frame: leaving(
            'net1',
            [
              { label: 16005, ttl: 63 },
              { label: 1501, ttl: 63 },
            ],
            session(2),
          ),
        },
      },
    ],
  },
  {
    name: 'a session stays with its instance when others come; the instance of a new one may be another',
    tables: withInstances(here),
    steps: [
      to('vnf0', session(1)),
      { ...to('vnf0', session(1)), change: withInstances({ ...here, weight: 1 }, { ...there, weight: 65535 }) },
      to('vnf1', session(2)),
    ],
  },
  {
    name: 'a draining instance keeps its sessions and gets no new ones',
    tables: withInstances(here),
    steps: [
      to('vnf0', session(1)),
      { ...to('vnf0', session(1)), change: withInstances({ ...here, state: 'draining' }, there) },
      to('vnf1', session(2)),
      to('vnf0', session(1)),
    ],
  },
  {
    name: 'an instance that is gone: its sessions choose again, those of the others stay',
    tables: withInstances(here),
    steps: [
      to('vnf0', session(1)),
      { ...to('vnf1', session(2)), change: withInstances({ ...here, state: 'draining' }, there) },
      { ...to('vnf1', session(1)), change: withInstances(there) },
      to('vnf1', session(2)),
    ],
  },
  {
    name: 'no instance at all',
    tables: withInstances(),
    steps: [{ from: 'net0', frame: arriving([SERVICE, NEXT], session(1)), expect: { drop: 'no-instance' } }],
  },
  {
    name: 'DEMUX: a VNF here, without an instance',
    tables: { ...base, services: [{ service: NAME, action: 'demux', vnf: 'ids' }] },
    steps: [to('vnf1', session(1)), back('vnf1', session(1))],
  },
  {
    name: 'the longest prefix of a ServiceID wins, then a shorter one, then the default',
    tables: {
      ...base,
      services: [
        { service: '', action: 'drop' },
        { service: 'orange', action: 'drop' },
        { service: 'orange/cg', action: 'demux', vnf: 'fw' },
        { service: 'orange/cg/classify/eu', action: 'drop' },
        { service: 'orange/cg/check', action: 'drop' },
      ],
    },
    steps: [
      to('vnf0', session(1)),
      {
        ...to('vnf1', session(1)),
        change: {
          ...base,
          services: [
            { service: '', action: 'demux', vnf: 'ids' },
            { service: 'orange/cg/check', action: 'drop' },
          ],
        },
      },
    ],
  },
  {
    name: 'a ServiceID that nobody knows',
    tables: { ...base, services: [{ service: 'orange/cg/check', action: 'demux', vnf: 'fw' }] },
    steps: [{ from: 'net0', frame: arriving([SERVICE, NEXT], session(1)), expect: { drop: 'no-service' } }],
  },
  {
    name: 'DROP',
    tables: { ...base, services: [{ service: NAME, action: 'drop' }] },
    steps: [{ from: 'net0', frame: arriving([SERVICE, NEXT], session(1)), expect: { drop: 'service' } }],
  },
  {
    name: 'DROP ends the sessions that an instance had',
    tables: withInstances(here),
    steps: [
      to('vnf0', session(1)),
      {
        change: { ...base, services: [{ service: NAME, action: 'drop' }] },
        from: 'net0',
        frame: arriving([SERVICE, NEXT], session(1)),
        expect: { drop: 'service' },
      },
    ],
  },
  {
    name: 'DELAY: the first packets go to the controller as they came; when it has answered they go on',
    tables: { ...base, services: [{ service: NAME, action: 'delay' }] },
    steps: [
      {
        from: 'net0',
        frame: arriving([SERVICE, NEXT], session(1)),
        expect: { held: arriving([SERVICE, NEXT], session(1)) },
      },
      { from: 'net0', frame: arriving([SERVICE, NEXT], six), expect: { held: arriving([SERVICE, NEXT], six) } },
      { ...to('vnf0', session(1)), change: withInstances(here) },
    ],
    stats: { held: 2 },
  },
  {
    name: 'DELAY behind a VNF: the packet is held with its stack, as from the network',
    tables: {
      ...base,
      labels: [...base.labels, { label: 1001, action: 'dynamic', vnf: 'fw' }],
      services: [{ service: NAME, action: 'delay' }],
    },
    steps: [
      {
        from: 'net0',
        frame: arriving([1001, SERVICE, NEXT], session(1)),
        expect: { out: 'vnf0', frame: leaving('vnf0', [], session(1)) },
      },
      {
        from: 'vnf0',
        frame: returned('vnf0', session(1)),
        expect: { held: Buffer.concat([Buffer.alloc(12), arriving([SERVICE, NEXT], session(1)).subarray(12)]) },
      },
    ],
  },
  {
    name: 'DELAY: a frame longer than what can be held',
    tables: { ...base, services: [{ service: NAME, action: 'delay' }] },
    steps: [
      {
        from: 'net0',
        frame: arriving([SERVICE, NEXT], udp({ source: '10.1.0.1', destination: '10.2.0.1', payload: 2100 })),
        expect: { drop: 'hold-full' },
      },
    ],
  },
  {
    name: 'a VNF that an instance names resets: the answer takes the instance’s reverse stack',
    tables: {
      ...withInstances({ ...here, reverse: [2002] }),
      labels: [...base.labels, { label: 2002, action: 'forward', nextHop: 'west', out: 'keep' }],
      attachments: { fw: { interface: 'vnf0', mac: MAC.vnf0 } },
    },
    steps: [
      to('vnf0', tcp({ source: '10.1.0.1', destination: '10.2.0.1', sourcePort: 9999 })),
      {
        from: 'vnf0',
        frame: returned(
          'vnf0',
          tcp({ source: '10.2.0.1', destination: '10.1.0.1', sourcePort: 80, destinationPort: 9999 }, 4),
        ),
        expect: {
          out: 'net0',
          frame: leaving(
            'net0',
            [{ label: 2002, ttl: 63 }],
            tcp({ source: '10.2.0.1', destination: '10.1.0.1', sourcePort: 80, destinationPort: 9999 }, 4),
          ),
        },
      },
    ],
  },
]
