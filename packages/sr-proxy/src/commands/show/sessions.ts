import Labels from './labels.js'

export default class Sessions extends Labels {
  static override summary = 'The sessions whose label stacks are kept now'
  static override examples = [
    '<%= config.bin %> show sessions',
    '<%= config.bin %> show sessions | jq -r .attachment | sort | uniq -c',
  ]
  protected override readonly list = 'sessions'
}
