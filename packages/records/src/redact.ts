const REPLACEMENT = '[redacted]'

/**
 * Shapes that are secrets wherever they stand. The field names are those of NETCONF, FRR, Junos,
 * IOS-XR and HTTP; the value ends at white space, a quote, a comma or a tag.
 */
const PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /(?<=\b(?:password|passwd|passphrase|secret|token|authorization|api[-_]?key|community)["']?\s*[=:]\s*["']?(?:(?:Bearer|Basic)\s+)?)[^\s"',<>]+/gi,
  /(?<=<(?:[\w-]+:)?(?:password|passphrase|secret|token|key-string|auth-key)>)[^<]+/gi,
  /(?<=\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g,
]

/** Text with everything that looks like a secret replaced. Cheap enough for every error. */
export function redact(text: string): string {
  return PATTERNS.reduce((result, pattern) => result.replace(pattern, REPLACEMENT), text)
}
