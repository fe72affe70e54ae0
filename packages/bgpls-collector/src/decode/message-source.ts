/** Who sent a recorded BGP message, where the recording says so. */
export interface BgpMessageSource {
  readonly address: string
  /** AS numbers in its AS_PATH have 4 octets; absent: as the OPENs of the recording say, else either. */
  readonly asn4?: boolean
}
