/** A connection to a server on loopback, for our tests of exchanges. */

import { onTestFinished } from 'vitest'
import { tokenSigner } from '../credentials/token.ts'
import { elbRequest, elbSpelling } from '../dialects/elb.ts'
import type { HttpRequest, RecordedExchange } from '../model.ts'
import { socketWire } from '../wire/wire.ts'
import type { Connection } from './connection.ts'
import { exchange } from './exchange.ts'
import { redacting } from './redact.ts'
import { virtualClock } from './virtual-clock.ts'

/** With characters that every encoding writes otherwise. */
export const token = 'canary-7f3a+/%="\\&<x>'

/** A connection to an endpoint. Its clock is virtual: pauses take no time. */
export function connected(endpoint: string, but: Partial<Connection> = {}): Connection {
  const { wire, close } = socketWire(2)
  onTestFinished(close)
  return {
    name: 'staging',
    endpoint,
    wire,
    spelling: elbSpelling,
    signer: tokenSigner({ token }),
    redact: redacting([token]),
    requestMilliseconds: 600_000,
    patienceMilliseconds: 400,
    clock: virtualClock(),
    pace: () => Promise.resolve(),
    ...but,
  }
}

export interface Asked {
  readonly status?: number
  readonly error?: unknown
  readonly evidence: readonly RecordedExchange[]
}

/** The result of a request, and the evidence. */
export async function asking(connection: Connection, request: HttpRequest): Promise<Asked> {
  const evidence: RecordedExchange[] = []
  try {
    const { status } = await exchange(connection, 'ask', request, (one) => evidence.push(one))
    return { status, evidence }
  } catch (error) {
    return { error, evidence }
  }
}

export const list = elbRequest('GET', '/pools')
export const show = elbRequest('GET', '/pools/1')
export const remove = elbRequest('DELETE', '/pools/1')
export const update = elbRequest('PUT', '/pools/1', { pool: { name: 'a' } })
