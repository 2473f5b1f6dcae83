/** A plan as text. */

import { legible } from '../../report/legible.ts'
import type { Plan } from './plan-target.ts'

/** What a run would create and send for each requirement, and what cannot be tested. */
export function planText(plan: Plan): string {
  const { requirements, unobservable } = plan
  const unasked = requirements.flatMap(({ id, unasked: why }) =>
    why ? [`  ${id}  [${why.verdict}]`, `    ${why.reason}`] : [],
  )
  const lines = [
    ...heading(plan),
    '',
    ...table(plan),
    '',
    ...(unasked.length > 0 ? ['Cannot be tested on this target:', ...unasked, ''] : []),
    `${unobservable} more requirement(s) cannot be observed in any exchange; poolproof list says why.`,
  ]
  return `${lines.map((line) => legible(line)).join('\n')}\n`
}

function heading({ target, requirements, lanes, total, seconds, probed }: Plan): string[] {
  const asked = requirements.filter(({ unasked }) => !unasked).length
  const { requests, writes, purposes, creates, hooks } = total
  const slowly =
    seconds === undefined
      ? ''
      : ` At limits.requestsPerSecond it would take at least ${duration(seconds)}.`
  return [
    `${target.name} (${target.dialect}, ${target.endpoint}): ${asked} of ${requirements.length} requirements can be tested.`,
    `A run would create ${lanes > 0 ? `up to ${lanes} load balancer(s) at a time` : 'no load balancer, because one is lent'}; ` +
      `in total: ${listed(creates) || 'nothing'}. Each is removed after its check.`,
    `It would send about ${requests} requests, ${writes} of them writes: ${purposes.arrange} to arrange, ` +
      `${purposes.ask} to ask, ${purposes.look} to look, ${purposes['clean-up']} to clean up.${slowly}`,
    ...(hooks > 0 ? [`It would use the hook setProvisioningStatus ${hooks} times.`] : []),
    ...(probed === undefined
      ? ['Nothing was sent. With --probe, reads are sent to see whether the target can be reached.']
      : probed),
  ]
}

function table({ requirements }: Plan): string[] {
  const longest = Math.max(0, ...requirements.map(({ id }) => id.length))
  return [
    `${'requirement'.padEnd(longest)}  requests  writes  creates`,
    ...requirements.map(({ id, requests, writes, creates }) =>
      `${id.padEnd(longest)}  ${String(requests).padStart(8)}  ${String(writes).padStart(6)}  ${listed(creates)}`.trimEnd(),
    ),
  ]
}

function listed(creates: Readonly<Record<string, number>>): string {
  return Object.entries(creates)
    .map(([kind, many]) => `${many} ${kind}`)
    .join(', ')
}

function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.ceil(seconds)} s`
}
