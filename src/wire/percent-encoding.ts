/**
 * Percent-encoding that leaves only the unreserved characters of RFC 3986, section 2.3. Half of a surrogate
 * pair, which no encoding has, is written as U+FFFD.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** `name=value` pairs joined by `&`, each side encoded, in the order given. */
export function percentEncodePairs(
  pairs: readonly (readonly [name: string, value: string])[],
): string {
  return pairs.map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`).join('&')
}
