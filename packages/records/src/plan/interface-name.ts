import Type from 'typebox'

/** As the device itself names it: `ge-0/0/1.0`, `GigabitEthernet0/0/0/1`, `eth1`. */
export const InterfaceName = Type.String({ pattern: '^[A-Za-z][A-Za-z0-9/._:-]{0,63}$' })
