/** What the replay of one finding shows. */

import type { Obstacle } from './obstacles.ts'

export type Result =
  | { readonly is: 'follows' }
  /** What follows instead: a clause. */
  | { readonly is: 'differs'; readonly why: string }
  | { readonly is: 'not-replayed'; readonly because: Obstacle }
