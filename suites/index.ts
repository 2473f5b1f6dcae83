/** Every suite, one for each operation, in the order of the list of operations. */

import type { Suite } from '../src/check/check.ts'
import { named } from '../src/check/select.ts'
import { ofEachOperation } from '../src/documents/operation-files.ts'
import { elbSetUpSuites } from './elb/set-up/index.ts'
import { slbSetUpSuites } from './slb/set-up/index.ts'

/** The module that `suites` is exported from, for processes that load it themselves. */
export const suitesModule = import.meta.url

export const suites = await ofEachOperation<Suite>(import.meta.url, './{dialect}/{operation}.suite')

/** Operations that set-up uses: asked only where they are named. */
export const setUpSuites: readonly Suite[] = [...elbSetUpSuites, ...slbSetUpSuites]

/** The suites that a selection chooses from: those of set-up only where a pattern names them and none of the others. */
export function suitesFor(only: readonly string[]): readonly Suite[] {
  return [...suites, ...named(setUpSuites, only, suites)]
}

export { ownOperations, ownRows, ownSuite, ownSuites } from './own/own-suite.ts'
export { walks } from './walks.ts'
