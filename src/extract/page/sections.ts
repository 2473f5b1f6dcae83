/** What a heading announces. Vendors name the same section in several ways. */

export type SectionKind =
  | 'function'
  | 'uri'
  | 'constraints'
  | 'request'
  | 'response'
  | 'example'
  | 'status'
  | 'errors'
  | 'authorization'
  | 'debugging'
  | 'history'
  | 'other'

/** In order: the first that matches wins. */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  ['function', /^(?:functions?|function introduction|description|operation description)$/i],
  ['uri', /^(?:uri|url|uri format|api format|request uri)$/i],
  ['constraints', /^(?:constraints?|restrictions?|notes?|usage notes?|limits?)$/i],
  [
    'example',
    /^(?:examples?|example requests?|example responses?|sample (?:success )?(?:requests?|responses?))$/i,
  ],
  ['example', /^(?:request|response) examples?(?:\s*\d+)?$/i],
  ['request', /^requests?(?: (?:messages?|parameters?|body|headers?|syntax))?$/i],
  ['response', /^responses?(?: (?:messages?|parameters?|body|elements?))?$/i],
  ['errors', /^(?:errors?|error (?:codes?|responses?|messages?|information))$/i],
  ['status', /^(?:status codes?|returned? values?|return codes?|http status codes?)$/i],
  ['authorization', /^(?:authorization information|authorization|ram)$/i],
  ['debugging', /^debug(?:ging)?$/i],
  ['history', /^(?:change|release) history$/i],
]

/** The kind of section a heading opens; `other` when no vendor we know names one so. */
export function sectionKind(heading: string): SectionKind {
  return KINDS.find(([, pattern]) => pattern.test(heading.trim()))?.[0] ?? 'other'
}
