/** The IPv4 prefixes of `show isis route … backup` with the metric of the path, from the table of paths. */
export function readPathMetrics(text: string): Map<string, number> {
  const table = text.split('IS-IS paths to level-1 routers that speak IP\n')[1]?.split(/^IS-IS/m)[0] ?? ''
  const rows = [...table.matchAll(/^ (\d[\d.]*\/\d+) +IP TE +(\d+) /gm)]
  return new Map(rows.map(([, prefix = '', metric]) => [prefix, Number(metric)]))
}
