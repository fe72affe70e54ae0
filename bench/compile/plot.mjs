// A small plot with two logarithmic axes, as SVG that reads well in light and in dark.
const WIDTH = 720
const HEIGHT = 420
const LEFT = 64
const RIGHT = 200
const TOP = 44
const BOTTOM = 48
const COLOURS = ['#4477aa', '#ee6677', '#228833', '#ccbb44']

/** `lines`: [{ name, points: [[x, y], …] }], all values above 0. */
export function logLogPlot({ title, x, y, lines }) {
  const xs = decades(lines.flatMap(({ points }) => points.map(([value]) => value)))
  const ys = decades(lines.flatMap(({ points }) => points.map(([, value]) => value)))
  const at = (value, [from, to], begin, end) => begin + ((Math.log10(value) - from) / (to - from)) * (end - begin)
  const px = (value) => at(value, xs, LEFT, WIDTH - RIGHT).toFixed(1)
  const py = (value) => at(value, ys, HEIGHT - BOTTOM, TOP).toFixed(1)
  const grid = [
    ...powers(xs).map((value) => `<path d="M${px(value)} ${TOP}V${HEIGHT - BOTTOM}"/>`),
    ...powers(ys).map((value) => `<path d="M${LEFT} ${py(value)}H${WIDTH - RIGHT}"/>`),
  ]
  const labels = [
    ...powers(xs).map((value) => text(px(value), HEIGHT - BOTTOM + 18, label(value), 'middle')),
    ...powers(ys).map((value) => text(LEFT - 8, Number(py(value)) + 4, label(value), 'end')),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x, 'middle'),
    text(LEFT - 8, TOP - 12, y, 'end'),
  ]
  const drawn = lines.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length]
    const path = points.map(([vx, vy], i) => `${i === 0 ? 'M' : 'L'}${px(vx)} ${py(vy)}`).join('')
    const dots = points.map(([vx, vy]) => `<circle cx="${px(vx)}" cy="${py(vy)}" r="3" fill="${colour}"/>`).join('')
    const [lastX, lastY] = points.at(-1)
    const name_ = text(Number(px(lastX)) + 10, Number(py(lastY)) + 4, name, 'start', colour)
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>${dots}${name_}`
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${title}</title>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(LEFT, 20, title, 'start', '#222222'),
    `<g stroke="#dddddd" fill="none">${grid.join('')}</g>`,
    ...labels,
    ...drawn,
    '</svg>\n',
  ].join('\n')
}

function decades(values) {
  const from = Math.floor(Math.log10(Math.min(...values)))
  return [from, Math.max(from + 1, Math.ceil(Math.log10(Math.max(...values))))]
}

function powers([from, to]) {
  return Array.from({ length: to - from + 1 }, (_, i) => 10 ** (from + i))
}

function label(value) {
  return value >= 1 ? value.toLocaleString('en') : String(value)
}

function text(x, y, content, anchor, fill = '#555555') {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}" fill="${fill}">${content}</text>`
}
