/** A row of the kernel's label table: where a label goes, and what it becomes. */
export interface KernelRow {
  readonly label: number
  readonly branches: readonly KernelBranch[]
}

export interface KernelBranch {
  readonly interface: string
  /** Absent when the label is popped. */
  readonly label?: number
  /** The next hop's address. */
  readonly via?: string
}

interface JsonHop {
  readonly dev: string
  readonly to?: string
  readonly via?: { readonly host: string }
}

/** The output of `ip -json -f mpls route`. */
export function readKernelTable(text: string): KernelRow[] {
  const rows = JSON.parse(text) as ({ readonly dst: string; readonly nexthops?: readonly JsonHop[] } & JsonHop)[]
  return rows
    .map((row) => ({ label: Number(row.dst), branches: (row.nexthops ?? [row]).map(branchOf) }))
    .sort((a, b) => a.label - b.label)
}

function branchOf(hop: JsonHop): KernelBranch {
  return {
    interface: hop.dev,
    ...(hop.to === undefined ? {} : { label: Number(hop.to) }),
    ...(hop.via === undefined ? {} : { via: hop.via.host }),
  }
}
