/** Dialects whose devices cannot ask that the label of a prefix-SID arrives (the P-flag of RFC 8667 §2.1.1). */
export const ALWAYS_PHP: ReadonlySet<string> = new Set(['junos'])

/** Dialects without a word for an SRLB (RFC 8402 §2): any static label does for a local SID there. */
export const WITHOUT_SRLB: ReadonlySet<string> = new Set(['junos'])
