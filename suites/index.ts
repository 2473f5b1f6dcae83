/** Every suite, in the order of a report. A new one is added here. */

import type { Suite } from '../src/check.ts'
import { deletePool } from './elb/delete-pool.suite.ts'
import { removeMember } from './elb/remove-member.suite.ts'

export const suites: readonly Suite[] = [deletePool, removeMember]
