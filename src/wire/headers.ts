/** Reading headers, which are kept in the order and the case in which they arrived. */

/** The value of the first header with this name. @param name - In lower case. */
export function header(
  headers: readonly (readonly [name: string, value: string])[],
  name: string,
): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}
