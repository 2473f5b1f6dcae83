/** The types of session persistence that the page lists. */

import { fieldsOf } from '../../fixtures/elb/wire-shapes.ts'
import { assertThat } from '../../src/check/assert.ts'

const types = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE']

/** Is it one of the three? Updating a Backend Server Group › Response › Table 7 › type. */
export function isType(value: unknown): boolean {
  return typeof value === 'string' && types.includes(value)
}

/** Session persistence is off, or of one of the three types. Response › Table 6 and Table 7. */
export function assertOffOrTyped(shown: unknown): void {
  assertThat(
    shown === null || isType(fieldsOf(shown)['type']),
    `Session persistence is shown as ${JSON.stringify(shown)}: neither null nor of one of the three types.`,
  )
}
