// binary-parser 2.3 ships types that its own `exports` hide from ESM; this is the part used here.
declare module 'binary-parser' {
  export class Parser<Result = object> {
    constructor()
    uint8<Name extends string>(name: Name): Parser<Result & Record<Name, number>>
    uint16be<Name extends string>(name: Name): Parser<Result & Record<Name, number>>
    uint32be<Name extends string>(name: Name): Parser<Result & Record<Name, number>>
    buffer<Name extends string>(name: Name, options: { readonly length: number }): Parser<Result & Record<Name, Buffer>>
    parse(bytes: Uint8Array): Result
  }
}
