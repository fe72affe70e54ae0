import { requiredArgument, ToolCommand, type ToolIo } from '@segchain/cli-kit'
import { SegchainError } from '@segchain/records/error'

/** What a number means, and where it is written. */
export default class Explain extends ToolCommand<typeof Explain> {
  static override summary = 'name a BGP-LS TLV and the RFC that defines it'
  static override examples = ['<%= config.bin %> explain 1158', '<%= config.bin %> explain all | grep -i flex']
  static override args = { code: requiredArgument({ description: 'a TLV code, a word of its name, or: all' }) }
  static override schema = 'segchain.topology/1' as const

  protected async execute(io: ToolIo<typeof Explain>): Promise<void> {
    const { decodedTlvs } = await import('../codec/decoded.js')
    const { tlvRows } = await import('../codec/iana/tlvs.js')
    const wanted = io.args.code.toLowerCase()
    const rows = tlvRows.filter(
      (row) =>
        wanted === 'all' ||
        String(row.code) === wanted ||
        (!/^[0-9]+$/.test(wanted) && row.name.toLowerCase().includes(wanted)),
    )
    if (rows.length === 0) {
      throw new SegchainError({
        category: 'usage',
        code: 'UNKNOWN_TLV',
        message: `no BGP-LS TLV is known as ${JSON.stringify(io.args.code)}`,
        hint: 'it is kept as an unknown TLV when a peer sends it; explain all lists the others',
      })
    }
    for (const row of rows)
      await io.text(
        `${row.code}\t${row.name}\t${row.ref}\t${row.in.join(', ')}${decodedTlvs.has(row.code) ? '' : '\tkept as bytes'}\n`,
      )
  }
}
