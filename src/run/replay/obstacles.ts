/** Why a finding cannot be replayed: classes, in the words of the program. */

import type { Draws, RecordedExchange } from '../../model.ts'

/** In the order in which they are told. */
export const obstacles = {
  version: 'another version or build of Poolproof wrote the report',
  unasked: 'nothing was asked',
  own: 'this Poolproof does not have the operation or the check',
  away: 'the file of the exchanges is not there',
  masked: 'a secret is masked in the evidence',
  cut: 'a body was too long to be kept whole',
  shared:
    'answers that checks share were given on a load balancer whose id is too short to be told apart',
  others: 'what else the run had made decided it, and that is not in the evidence',
  hook: 'a hook of the operator failed',
  lent: 'what became of the load balancer of the operator is not in the evidence',
  fault: 'a fault of Poolproof ended the check',
} as const

export type Obstacle = keyof typeof obstacles

/** What keeps evidence from showing exactly what was sent and what came. */
export function damageIn(evidence: readonly RecordedExchange[]): Obstacle | undefined {
  const text = JSON.stringify(evidence)
  if (text.includes(mask)) return 'masked'
  return cutBody.test(text) ? 'cut' : undefined
}

/** Was something that is shared asked on another load balancer, and the id of that cannot be told from other text? */
export function sharesTooShort(drawn: readonly Draws[] = []): boolean {
  const { loadBalancers: [, ...others] = [] } = drawn.at(-1) ?? {}
  return others.some((id) => isTooShort(id))
}

/** May it be part of any text? */
export function isTooShort(id: string): boolean {
  return id.length < shortestId
}

/** Characters. */
const shortestId = 8

/** What `redact` writes. */
export const mask = '[redacted]'

const cutBody = /… \(\d{1,9} more characters are not kept\)/
