/** A plan for people. */

import { legible } from '../report/legible.ts'
import type { Plan } from './plan-target.ts'

/** What would be made and sent, requirement by requirement, and what cannot be asked. */
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
    ...(unasked.length > 0 ? ['Cannot be asked of this target:', ...unasked, ''] : []),
    `${unobservable} more requirement(s) show in no exchange: poolproof list says why.`,
  ]
  return `${lines.map((line) => legible(line)).join('\n')}\n`
}

function heading({ target, requirements, lanes, total, seconds, probed }: Plan): string[] {
  const asked = requirements.filter(({ unasked }) => !unasked).length
  const { requests, writes, purposes, creates, hooks } = total
  const slowly =
    seconds === undefined ? '' : ` At limits.requestsPerSecond: ${inTime(seconds)} at least.`
  return [
    `${target.name} (${target.dialect}, ${target.endpoint}): ${asked} of ${requirements.length} questions can be put.`,
    `A run would make ${lanes > 0 ? `up to ${lanes} load balancer(s) at a time, and ` : 'no load balancer, one is lent; '}` +
      `in all: ${listed(creates) || 'nothing'}. Each is removed after its check.`,
    `It would send about ${requests} requests, ${writes} of them writes: ${purposes.arrange} to arrange, ` +
      `${purposes.ask} to ask, ${purposes.look} to look, ${purposes['clean-up']} to clean up.${slowly}`,
    ...(hooks > 0 ? [`It would use the hook setProvisioningStatus ${hooks} times.`] : []),
    ...(probed === undefined
      ? ['Nothing was sent. --probe looks whether the target can be reached.']
      : probed),
  ]
}

function table({ requirements }: Plan): string[] {
  const longest = Math.max(0, ...requirements.map(({ id }) => id.length))
  return [
    `${'requirement'.padEnd(longest)}  requests  writes  makes`,
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

function inTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes > 0 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.ceil(seconds)} s`
}
