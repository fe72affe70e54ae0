import Labels from './labels.js'

export default class Stats extends Labels {
  static override summary = 'Totals, drops by reason, packets to and from each VNF'
  static override examples = [
    '<%= config.bin %> show stats',
    `<%= config.bin %> show stats | jq -r 'select(.group == "drop" and .packets != "0") | .name, .packets'`,
  ]
  protected override readonly list = 'stats'
}
