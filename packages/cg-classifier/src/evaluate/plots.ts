import { fraction } from './tally.js'

const WIDTH = 420
const HEIGHT = 320
const LEFT = 60
const BOTTOM = 50

type Point = readonly [number, number]

/** True positives over false positives of windows for every threshold. */
export function rocPoints(positive: readonly number[], negative: readonly number[]): Point[] {
  const all = [...positive.map((score) => [score, 1] as const), ...negative.map((score) => [score, 0] as const)]
  all.sort((a, b) => b[0] - a[0])
  const points: Point[] = [[0, 0]]
  let [hits, wrong] = [0, 0]
  all.forEach(([score, label], index) => {
    hits += label
    wrong += 1 - label
    if (all[index + 1]?.[0] !== score) points.push([wrong / negative.length, hits / positive.length])
  })
  // As many as can be seen.
  const step = Math.max(1, Math.floor(points.length / 400))
  return points.filter((_, index) => index % step === 0 || index === points.length - 1)
}

/** Area under a curve of points that ascend. */
export function areaUnder(points: readonly Point[]): number {
  return points.slice(1).reduce((sum, [x, y], index) => {
    const [x0, y0] = points[index] ?? [0, 0]
    return sum + ((x - x0) * (y + y0)) / 2
  }, 0)
}

/** A line in a box; both axes from 0 to their maximum. */
export function lineChart(title: string, xName: string, yName: string, points: readonly Point[], xMax = 1): string {
  const x = (value: number) => LEFT + (value / xMax) * (WIDTH - LEFT - 20)
  const y = (value: number) => HEIGHT - BOTTOM - value * (HEIGHT - BOTTOM - 40)
  const path = points
    .map(([px, py], index) => `${index === 0 ? 'M' : 'L'}${x(px).toFixed(1)} ${y(py).toFixed(1)}`)
    .join('')
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => [
    text(x(part * xMax), HEIGHT - BOTTOM + 16, String(Number((part * xMax).toFixed(2))), 'middle'),
    text(LEFT - 6, y(part) + 4, String(part), 'end'),
  ])
  return svg(title, [
    `<path d="M${x(0)} ${y(1)}V${y(0)}H${x(xMax)}" fill="none" stroke="currentColor"/>`,
    ...ticks,
    text(WIDTH / 2, HEIGHT - 12, xName, 'middle'),
    text(14, 34, yName, 'start'),
    `<path d="${path}" fill="none" stroke="#0a6ebd" stroke-width="2"/>`,
  ])
}

/** Two by two: truth in rows, call in columns. */
export function confusionChart(title: string, counts: readonly [Point, Point]): string {
  const names = ['cloud gaming', 'other']
  const cells = counts.flatMap((row, truth) =>
    row.map((value, call) => {
      const [x, y] = [120 + call * 140, 80 + truth * 100]
      const share = value / Math.max(1, row[0] + row[1])
      return `<rect x="${x}" y="${y}" width="136" height="96" fill="#0a6ebd" fill-opacity="${(0.08 + 0.6 * share).toFixed(2)}"/>${text(x + 68, y + 44, String(value), 'middle')}${text(x + 68, y + 64, fraction(value, row[0] + row[1]).split(' (')[0] ?? '', 'middle')}`
    }),
  )
  const labels = names.flatMap((name, index) => [
    text(188 + index * 140, 70, `called ${name}`, 'middle'),
    text(112, 132 + index * 100, name, 'end'),
  ])
  return svg(title, [...cells, ...labels])
}

function text(x: number, y: number, content: string, anchor: string): string {
  return `<text x="${x.toFixed(0)}" y="${y.toFixed(0)}" text-anchor="${anchor}" font-size="11" fill="currentColor">${content}</text>`
}

function svg(title: string, content: readonly string[]): string {
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif">`
  return `${[head, `<title>${title}</title>`, text(WIDTH / 2, 18, title, 'middle'), ...content, '</svg>'].join('\n')}\n`
}
