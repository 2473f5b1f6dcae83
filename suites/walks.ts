/** The walks of each dialect. */

import type { Walks } from '../src/check/walk.ts'
import { elbWalks } from './elb/walk/walks.ts'
import { slbWalks } from './slb/walk/walks.ts'

export const walks: readonly Walks[] = [elbWalks, slbWalks]
