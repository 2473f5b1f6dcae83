/** Headers as they came: in order, in whatever case. */

/** The value of a header, by its name in lower case. */
export function header(
  headers: readonly (readonly [name: string, value: string])[],
  name: string,
): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}
