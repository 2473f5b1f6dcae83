/** The readings of this dialect, several on one server: any two of them meet. */

import { combined } from '../../all-pairs.ts'
import type { Variant } from '../../mutant.ts'
import type { ElbStore } from '../store.ts'
import { elbVariants } from './index.ts'

/** Answers to one question each: no server gives two of them. */
const exclusive = [
  ['empty-sessions-disable', 'empty-sessions-change-nothing'],
  [
    'refuses-timeouts-with-app-cookie',
    'keeps-timeouts-with-app-cookie',
    'timeout-absent-with-app-cookie',
  ],
  ['timeout-defaults-to-shortest', 'timeout-defaults-to-null', 'timeout-falls-back-to-default'],
  ['turns-pools-off', 'ignores-admin-state-up-false', 'forgets-that-a-pool-is-off'],
]

export const elbTogether: readonly Variant<ElbStore>[] = combined(elbVariants, exclusive)
