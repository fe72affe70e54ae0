/** A step of a way, and the step before it; the first one has no link (-1). */
interface Step {
  readonly link: number
  readonly before: Step | undefined
}

/** The links of the way that ends with this step, from its beginning on. */
export function linksOf(last: Step): number[] {
  const links: number[] = []
  for (let at: Step | undefined = last; at !== undefined && at.link >= 0; at = at.before) links.push(at.link)
  return links.reverse()
}
