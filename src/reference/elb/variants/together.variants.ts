/** The readings of this dialect, several on one server: any two of them are on one. */

import { combined } from '../../all-pairs.ts'
import type { Variant } from '../../mutant.ts'
import type { ElbStore } from '../store.ts'
import { elbVariants } from './index.ts'

/** Answers to the same question: no server can give two of them. */
const exclusive = [
  ['empty-sessions-disable', 'empty-sessions-change-nothing'],
  [
    'refuses-timeouts-with-app-cookie',
    'keeps-timeouts-with-app-cookie',
    'timeout-absent-with-app-cookie',
  ],
  ['timeout-defaults-to-shortest', 'timeout-defaults-to-null', 'timeout-falls-back-to-default'],
  ['pool-ids-are-long', 'folds-the-case-of-ids', 'deletes-nothing-by-upper-case-ids'],
  ['settles-after-writes', 'only-updates-and-removals-settle'],
  ['says-utf-8', 'says-json-in-capitals'],
  ['turns-pools-off', 'ignores-admin-state-up-false', 'forgets-that-a-pool-is-off'],
]

/** Without the one on which some questions cannot be put: they would be asked of many others alone. */
const combinable = elbVariants.filter(({ id }) => id !== 'has-no-status-tree')

export const elbTogether: readonly Variant<ElbStore>[] = combined(combinable, exclusive)
