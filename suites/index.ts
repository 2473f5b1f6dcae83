/** Every suite, one for each operation, in the order of the list of operations. */

import type { Suite } from '../src/check/check.ts'
import { ofEachOperation } from '../src/documents/operation-files.ts'

/** The module that `suites` is exported from, for processes that load it themselves. */
export const suitesModule = import.meta.url

export const suites = await ofEachOperation<Suite>(import.meta.url, './{dialect}/{operation}.suite')

export { walks } from './walks.ts'
