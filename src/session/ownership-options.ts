/** What `Ownership` is made with. */

import type { Objects } from '../dialects/objects.ts'
import type { Spelling } from '../dialects/spelling.ts'

/** What the ledger of one run has to know. */
export interface OwnershipOptions {
  readonly objects: Objects
  readonly spelling: Pick<Spelling, 'creation' | 'made'>
  /** Was this name given by this run? */
  readonly isOurName: (name: string) => boolean
  /** The key of the load balancer that the operator lends: written to, never removed. */
  readonly lent?: string
  /** Does the operator lend it, as backend servers of `slb` are lent? Runs put that into objects of theirs. */
  readonly isLent?: (key: string) => boolean
  /** How long a new object may take to be shown. */
  readonly settleMilliseconds: number
  readonly pollMilliseconds: number
  /** Told when a look shows that something of ours, whose removal was accepted, does not exist any more. */
  readonly gone?: (key: string) => void
  /** Told before something of ours gets another name. */
  readonly renaming?: (key: string, name: string) => void
}
