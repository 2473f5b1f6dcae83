/** How the objects of one dialect are listed, and how they are removed. */

import type { CleanUpRequests } from '../session/removal.ts'
import type { Listing, TargetObject } from './target-object.ts'

export interface Inventory {
  /** @param isOurs - What belongs to these objects is listed as well. */
  list(isOurs: (one: TargetObject) => boolean): Promise<Listing>
  /** How requests about an object are sent: some wait for its load balancer. */
  requests(one: TargetObject): CleanUpRequests
  /** What a key stands for that no list shows. */
  unlisted(key: string): TargetObject
}
