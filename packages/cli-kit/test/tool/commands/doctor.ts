import { type Check, Doctor } from '../../../src/setup/index.js'

export default class extends Doctor {
  protected checks(): readonly Check[] {
    return [
      { id: 'light', what: 'light', look: () => ({ outcome: 'ok', hint: 'not told' }) },
      { id: 'bread', what: 'bread', look: async () => ({ outcome: 'missing', hint: 'bake some' }) },
      {
        id: 'future',
        what: 'the future',
        look: () => {
          throw new Error('nobody knows')
        },
      },
    ]
  }
}
