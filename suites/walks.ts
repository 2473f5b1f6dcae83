/** The walks of each dialect. */

import type { Walks } from '../src/check/walk.ts'
import { elbWalks } from './elb/walk/walks.ts'

export const walks: readonly Walks[] = [elbWalks]
