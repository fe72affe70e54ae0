import { mkdirSync, readdirSync, renameSync, rmSync, unlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SegchainError } from '@segchain/records'
import { isBpfFs } from './bpf-fs.js'
import type { Role } from './plane.js'

/** The folders where maps and links stay when nobody holds them. */
export class Pins {
  readonly folder: string
  readonly maps: string
  readonly links: string

  /** @throws {SegchainError} `usage`; `NO_BPF_FS`; `OTHER_TABLES`: those of a version with another layout are there */
  constructor(folder: string, abi: number) {
    this.folder = folder
    this.maps = join(folder, `abi${abi}`)
    this.links = join(folder, 'links')
    if (!isBpfFs(dirname(folder)) && !isBpfFs(folder)) {
      throw new SegchainError({
        category: 'usage',
        code: 'NO_BPF_FS',
        message: `${folder} is not in a bpf file system`,
        hint: 'mount -t bpf bpf /sys/fs/bpf (ip netns exec hides it: use nsenter --net=…)',
      })
    }
    for (const layout of otherLayouts(folder, abi)) throw otherLayout(folder, layout, abi)
    for (const path of [this.maps, this.links]) mkdirSync(path, { recursive: true, mode: 0o700 })
  }

  map(name: string): string {
    // The file system takes no dots in names.
    return join(this.maps, name.replaceAll('.', '_'))
  }

  /** Interface names may have dots (VLAN interfaces do); the file system takes none. */
  link(role: Role, interfaceName: string): string {
    return join(this.links, `${role}-${encodeURIComponent(interfaceName).replaceAll('.', '%2E')}`)
  }

  linked(): { readonly role: Role; readonly name: string }[] {
    return readdirSync(this.links).flatMap((file) => {
      const [role, name = ''] = file.split(/-(.*)/s)
      return role === 'sr_network' || role === 'sr_return' ? [{ role, name: decodeURIComponent(name) }] : []
    })
  }

  remove(path: string): void {
    rmSync(path, { force: true })
  }

  /** What is at `to` gives way, from one moment to the next. */
  replace(from: string, to: string): void {
    renameSync(from, to)
  }

  /** Everything goes: programs are detached, tables are gone. @returns whether there was anything */
  static removeAll(folder: string): boolean {
    let any = false
    for (const sub of folders(folder)) {
      for (const name of readdirSync(join(folder, sub))) {
        unlinkSync(join(folder, sub, name))
        any = true
      }
      rmSync(join(folder, sub), { recursive: true })
    }
    return any
  }
}

/** Layouts of the tables that are there, other than ours. */
function otherLayouts(folder: string, abi: number): string[] {
  return folders(folder).filter(
    (name) => /^abi\d+$/.test(name) && name !== `abi${abi}` && readdirSync(join(folder, name)).length > 0,
  )
}

/** Its sessions would not be found, and every packet inside a VNF would be lost: that is for people to decide. */
function otherLayout(folder: string, layout: string, abi: number): SegchainError {
  return new SegchainError({
    category: 'usage',
    code: 'OTHER_TABLES',
    message: `${join(folder, layout)} has tables of layout ${layout.slice(3)}, this version has layout ${abi}; they are in force, untouched`,
    hint: 'run the version that made them; or sr-proxy unload, which ends their sessions, then run',
  })
}

function folders(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
