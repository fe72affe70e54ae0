/** A TI-LFA backup of FRR: where it sends the packets of a prefix, and with which labels, top first. */
export interface BackupRoute {
  readonly algorithm: number
  readonly prefix: string
  readonly metric: number
  readonly interface: string
  readonly labels: readonly number[]
}

/** The IPv4 table of `show isis route level-1 backup`; those without a label (no SID) left out. */
export function readBackupRoutes(text: string, algorithm: number): BackupRoute[] {
  const table = text.split('IPv4 routing table')[1]?.split(/^IS-IS/m)[0] ?? ''
  const found: BackupRoute[] = []
  let prefix = ''
  let metric = 0
  for (const line of table.split('\n')) {
    const row = /^ (\S*) +(?:(\d+) +)?(l\d+) +(\S+) +(\S+) *$/.exec(line)
    if (row === null) continue
    const [, name = '', cost, device = '', , labels = '-'] = row
    if (name !== '') {
      prefix = name
      metric = Number(cost)
    }
    if (labels === '-') continue
    const stack = labels.split('/').filter((label) => label !== 'implicit-null')
    found.push({ algorithm, prefix, metric, interface: device, labels: stack.map(Number) })
  }
  return found
}
