/** How a device is reached and spoken to: a Device intent with its defaults filled in. */
export interface InventoryDevice {
  readonly name: string
  /** Its node in the topology, by host name, system-id or router-id; absent: its name. */
  readonly node?: string
  readonly address: string
  readonly port: number
  readonly user: string
  /** Absent: by what the device announces. */
  readonly dialect?: string
  readonly keyFile?: string
  readonly passwordFile?: string
  /** Name of the IGP's instance in the device's configuration. */
  readonly igpInstance: string
  /** FRR that was started with -N: its name. */
  readonly pathspace?: string
  /** Name of another Device to go through. */
  readonly jumpHost?: string
  /** Who brings SR Policies to it; absent: we, as configuration. */
  readonly policies?: 'config' | 'pcep' | 'elsewhere'
  readonly file: string
  readonly line: number
}

/** RFC 6242 §7. */
export const NETCONF_PORT = 830
/** For dialects without NETCONF. */
export const SSH_PORT = 22
