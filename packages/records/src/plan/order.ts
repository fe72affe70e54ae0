interface Ordered {
  readonly step: number
  readonly device: string
  readonly id: string
}

/** The order of application: by step (make before break), then by device, then by id. */
export function compareElements(a: Ordered, b: Ordered): number {
  return a.step - b.step || compareText(a.device, b.device) || compareText(a.id, b.id)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
