import type { Terminal } from '../terminal.js'
import type { Passage } from '../through-proxy.js'

/** A packet's way through a proxy: what each VNF got to see. */
export function showPassage(terminal: Terminal, { device, arrival, steps }: Passage): void {
  const widest = Math.max(...steps.map(({ to }) => to.length), device.length)
  const stack = (labels: readonly number[]): string =>
    labels.length === 0 ? 'IP' : terminal.paint('cyan', labels.join(' '))
  const column = arrival.join(' ').length
  const padded = (labels: readonly number[]): string =>
    stack(labels) + ' '.repeat(Math.max(0, column - (labels.length === 0 ? 2 : labels.join(' ').length)))
  terminal.line(`   ${terminal.paint('bold', device)}  ${' '.repeat(widest)}  ${padded(arrival)}  comes in`)
  for (const { to, labels, service, aware } of steps) {
    const text =
      service === undefined
        ? 'goes out'
        : aware
          ? `${service}: reads the stack itself, and takes its label off`
          : `${service}: sees no label; the stack waits for the packet`
    terminal.line(`     → ${to.padEnd(widest)}  ${padded(labels)}  ${text}`)
  }
}
