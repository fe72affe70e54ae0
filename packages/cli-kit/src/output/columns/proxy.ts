import type { Column } from './column.js'
import { field, right, wide } from './column.js'

const counters = [field('packets', 'packets', right), field('bytes', 'bytes', right)]

export const proxyColumns: Readonly<Record<string, readonly Column[]>> = {
  'proxy-label': [
    field('label', 'label', right),
    field('action'),
    field('target'),
    field('service'),
    ...counters,
    field('owner', 'owner', wide),
  ],
  'proxy-service': [
    { title: 'service', value: (record) => record.service || '(default)' },
    field('action'),
    { title: 'instances', value: (record) => instancesText(record.instances) },
    ...counters,
    field('owner', 'owner', wide),
  ],
  'proxy-session': [
    { title: 'from', value: (record) => endpoint(record.sourceAddress, record.sourcePort) },
    { title: 'to', value: (record) => endpoint(record.destinationAddress, record.destinationPort) },
    field('protocol', 'protocol', right),
    field('label', 'label', right),
    field('attachment'),
    field('instance'),
    field('stack'),
    field('type', 'type', wide),
    field('service', 'service', wide),
    field('lastSeen', 'last seen'),
  ],
  'proxy-counter': [field('group'), field('name'), ...counters],
  'proxy-event': [
    field('time'),
    field('event'),
    field('service'),
    field('interface'),
    field('owner'),
    field('changes', 'changes', right),
    field('packets', 'packets', right),
    field('generation', 'generation', wide),
  ],
}

function endpoint(address: unknown, port: unknown): string {
  const text = String(address)
  return text.includes(':') ? `[${text}]:${port}` : `${text}:${port}`
}

function instancesText(instances: unknown): string {
  if (!Array.isArray(instances)) return ''
  return instances
    .map((one: { name?: unknown; state?: unknown }) => `${one.name}${one.state === 'active' ? '' : ` (${one.state})`}`)
    .join(', ')
}
