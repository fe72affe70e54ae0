import type { FlagShapes } from './flag-shape.js'
import type { Setting } from './setting.js'

/** Settings as words of a command line. */
export function asArgv(settings: readonly Setting[], flags: FlagShapes): readonly string[] {
  return settings.flatMap(({ flag, values }) => {
    const shape = flags[flag]
    if (shape?.type === 'option') return values.map((value) => `--${flag}=${value}`)
    if (isYes(values[0])) return [`--${flag}`]
    return shape?.allowNo === true ? [`--no-${flag}`] : []
  })
}

export function isYes(value: string | undefined): boolean {
  return /^(true|yes|on|1)$/i.test(value ?? '')
}
