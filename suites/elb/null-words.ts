/** `null`, `None` and the like as a text: what a target makes of null by mistake. */

import { assertThat } from '../../src/check/assert.ts'

/** @throws {AssertionError} When null was stored as a word. */
export function assertNoNullWord(field: string, shown: unknown): void {
  const isWord = typeof shown === 'string' && /^(?:null|none|nil|undefined)$/i.test(shown.trim())
  assertThat(!isWord, `null is stored as the word ${JSON.stringify(shown)}, as ${field}.`)
}
