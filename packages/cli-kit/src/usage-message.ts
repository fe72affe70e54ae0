/** oclif breaks its messages into lines, some begun with a tab: `Parsing --batch ⏎⇥Expected an integer …`. */
export function usageMessage(error: Error): string {
  return error.message
    .replace(/\nSee more help with --help$/, '')
    .replace(/^Parsing (\S+) *\n\s*/, '$1: ')
    .replace(/\s*\n\s*/g, ' ')
}
