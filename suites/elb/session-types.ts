/** The types of session persistence that the page lists. */

const types = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE']

/** Is it one of the three? Updating a Backend Server Group › Response › Table 7 › type. */
export function isType(value: unknown): boolean {
  return typeof value === 'string' && types.includes(value)
}
