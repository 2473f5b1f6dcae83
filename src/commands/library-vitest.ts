/** The suites inside a vitest project of your own: each requirement a test, with your reporters, filters and shards. */

import type { SuitesOptions } from './library-options.ts'

export type { SuitesOptions } from './library-options.ts'

/**
 * Declares a test for each requirement, to be awaited at the top of a test file. What the checks create is removed after
 * the last of them, and a test fails when something is left.
 *
 * A waived failure passes; a waiver that has expired, is for another failure, or is no longer needed fails.
 *
 * @throws {Error} When the target or the selection is wrong.
 */
export async function conformance(options: SuitesOptions = {}): Promise<void> {
  const { declareSuites } = await import('./declared-suites.ts')
  await declareSuites(options)
}
