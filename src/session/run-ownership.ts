/** The ledger of what one run makes on its target, put together from the target file. */

import { elbKey, elbObjects } from '../dialects/elb-objects.ts'
import { elbSpelling } from '../dialects/elb.ts'
import { slbObjects } from '../dialects/slb-objects.ts'
import { slbSpelling } from '../dialects/slb.ts'
import type { SlbTarget, Target } from '../target.ts'
import type { Journal } from './journal.ts'
import { Ownership } from './ownership.ts'
import { runIdIn, type RunId } from './run-names.ts'
import { isServerOfRuns } from './servers-of-runs.ts'
import type { SessionLimits } from './target-connection.ts'

/** Nothing is claimed at first. */
export function ownershipOf(
  target: Target,
  run: RunId,
  { settleSeconds, pollSeconds }: SessionLimits,
  journal: Journal | undefined,
): Ownership {
  const { loadBalancerId } = target.given
  const { asynchronous = true, delayedReads = true } = target.profile ?? {}
  const settling = asynchronous || delayedReads ? settleSeconds : 0
  return new Ownership({
    objects: target.dialect === 'elb' ? elbObjects : slbObjects(target.given.region),
    spelling: target.dialect === 'elb' ? elbSpelling : slbSpelling,
    isOurName: (name) => runIdIn(name) === run.id,
    ...(loadBalancerId === undefined ? {} : { lent: loadBalancerKey(target, loadBalancerId) }),
    ...(target.dialect === 'slb' ? { isLent: lentServerOf(target) } : {}),
    settleMilliseconds: settling * 1000,
    pollMilliseconds: pollSeconds * 1000,
    ...(journal
      ? {
          gone: (key) => journal.removed(key),
          renaming: (key, name) => journal.renaming(key, name),
        }
      : {}),
  })
}

function lentServerOf({ given }: SlbTarget): (key: string) => boolean {
  return (key) =>
    key.startsWith('BackendServer/') && isServerOfRuns(key.split('/').at(-1) ?? '', given)
}

/** The key of a load balancer. */
export function loadBalancerKey({ dialect }: Pick<Target, 'dialect'>, id: string): string {
  return dialect === 'elb' ? elbKey('loadbalancers', id) : `LoadBalancer/${id}`
}
