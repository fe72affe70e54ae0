import { readFile } from 'node:fs/promises'

/**
 * Datagrams that the kernel dropped because the buffer of the socket was full: the last column of /proc/net/udp.
 * @returns undefined where there is no such file, or no such socket.
 */
export async function kernelDrops(port: number): Promise<number | undefined> {
  const tables = await Promise.all(
    ['/proc/net/udp', '/proc/net/udp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  )
  return dropsIn(tables.join('\n'), port)
}

/** @param table lines of /proc/net/udp. */
export function dropsIn(table: string, port: number): number | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const rows = table.split('\n').map((line) => line.trim().split(/\s+/))
  // Unconnected sockets only: a client may have the same local port on another address.
  const mine = rows.filter(
    ([, local, remote]) => local?.endsWith(wanted) === true && remote?.endsWith(':0000') === true,
  )
  if (mine.length === 0) return undefined
  return mine.reduce((sum, row) => sum + Number(row.at(-1)), 0)
}
