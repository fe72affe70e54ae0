import type { Daemon } from '../daemon/daemon.js'
import { showLabels, showServices, showStats } from '../daemon/show.js'

/** Every counter in the text format of Prometheus. */
export async function metricsPage(daemon: Daemon): Promise<string> {
  const page = new Page()
  for (const { label, action, owner, packets, bytes } of await showLabels(daemon)) {
    page.both('label', 'a label of the table', { label: String(label), action, owner }, packets, bytes)
  }
  for (const { service, action, packets, bytes, instances } of await showServices(daemon)) {
    page.both('service', 'an entry of the service table', { service, action }, packets, bytes)
    for (const one of instances ?? []) {
      const labels = { service, instance: one.name, state: one.state }
      page.both('instance', 'an instance of a service', labels, one.packets, one.bytes)
    }
  }
  for (const { group, name, packets, bytes } of await showStats(daemon)) {
    if (group === 'drop') page.both('drop', 'packets dropped, by reason', { reason: name }, packets, bytes)
    else if (group === 'total') page.both('frames', 'what frames came to', { event: name }, packets, bytes)
    else if (group === 'daemon') page.gauge(`held_${name.replace('held-', '').replace('-', '_')}`, packets)
    else page.both('vnf', 'packets to and from a VNF', { vnf: name, direction: group.slice(0, -4) }, packets, bytes)
  }
  page.gauge('generation', String(daemon.image.generation))
  page.gauge('missing_interfaces', String(daemon.image.missing.length))
  return page.text()
}

/** Lines of one metric stand together, as the format wants them. */
class Page {
  readonly #metrics = new Map<string, string[]>()

  both(name: string, help: string, labels: Readonly<Record<string, string>>, packets: string, bytes: string): void {
    const text = Object.entries(labels)
      .map(([key, value]) => `${key}="${escaped(value)}"`)
      .join(',')
    this.#add(`sr_proxy_${name}_packets_total`, `${help}: packets`, 'counter', `{${text}} ${packets}`)
    this.#add(`sr_proxy_${name}_bytes_total`, `${help}: bytes`, 'counter', `{${text}} ${bytes}`)
  }

  gauge(name: string, value: string): void {
    this.#add(`sr_proxy_${name}`, name.replaceAll('_', ' '), 'gauge', ` ${value}`)
  }

  text(): string {
    return [...this.#metrics.values()].map((lines) => `${lines.join('\n')}\n`).join('')
  }

  #add(name: string, help: string, type: 'counter' | 'gauge', sample: string): void {
    const lines = this.#metrics.get(name) ?? [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
    lines.push(`${name}${sample}`)
    this.#metrics.set(name, lines)
  }
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
