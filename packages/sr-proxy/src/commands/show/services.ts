import Labels from './labels.js'

export default class Services extends Labels {
  static override summary = 'The service table: instances, their states, sessions and counters'
  static override examples = [
    '<%= config.bin %> show services',
    `<%= config.bin %> show services | jq -c '.instances[]? | select(.state != "active")'`,
  ]
  protected override readonly list = 'services?sessions'
}
