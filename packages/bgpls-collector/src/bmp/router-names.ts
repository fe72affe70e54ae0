interface Holder {
  readonly address: string
  /** Whether its connection is there. */
  open: boolean
}

/**
 * The names of monitored routers, which their sources end with. Two connections never share theirs: not those of two
 * routers with the same sysName, not those that one router has for each of its VRFs, and not that of a router that comes
 * back before its old connection has timed out.
 */
export class RouterNames {
  readonly #holders = new Map<string, Holder>()

  /** @param wanted the sysName, or the address. @returns it, or `sysName (address)`, or one of these with a number. */
  take(wanted: string, address: string): string {
    const candidates = wanted === address ? [wanted] : [wanted, `${wanted} (${address})`]
    const last = candidates.at(-1) ?? wanted
    let name = candidates.find((one) => this.#isFree(one, address))
    for (let number = 2; name === undefined; number++) {
      if (this.#isFree(`${last} ${number}`, address)) name = `${last} ${number}`
    }
    this.#holders.set(name, { address, open: true })
    return name
  }

  /** The connection has ended, but what it said is kept: only a router at the same address may have the name again. */
  close(name: string): void {
    const holder = this.#holders.get(name)
    if (holder !== undefined) holder.open = false
  }

  /** The connection has ended, and nothing of what it said is left. */
  release(name: string): void {
    this.#holders.delete(name)
  }

  #isFree(name: string, address: string): boolean {
    const holder = this.#holders.get(name)
    return holder === undefined || (!holder.open && holder.address === address)
  }
}
