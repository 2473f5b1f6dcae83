/** A session with a server of canned answers, for the tests of ownership. */

import { elbRequest } from '../dialects/elb.ts'
import { exchange } from '../exchange/exchange.ts'
import { type HttpRequest, type Purpose } from '../model.ts'
import type { ElbTarget, SlbTarget, Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { removeOurs } from './removal.ts'
import { openSession } from './session.ts'
import { run, target } from './target-for-test.ts'

export const elb: ElbTarget = {
  ...target,
  limits: { settleSeconds: 0.05, pollSeconds: 0.01, patienceSeconds: 0 },
}

export const slb: SlbTarget = {
  ...elb,
  dialect: 'slb',
  auth: { accessKeyId: { env: 'TOKEN' }, accessKeySecret: { env: 'TOKEN' } },
  given: { region: 'r', serverIds: ['i-1'] },
}

export { run }
export const ours = 'poolproof-0a1b2c3d-pool-1'

/** What a server answers to a request, by method and path, or by action. */
export type Answers = Readonly<Record<string, unknown>>

/** A status alone, or a body with 200. */
function answerOf(given: unknown) {
  const status = typeof given === 'number' ? given : 200
  const body = typeof given === 'number' ? '' : JSON.stringify(given)
  return { status, headers: { 'Content-Type': 'application/json' }, body }
}

/** A session with a server that answers so, 404 to all else, and what was sent to it. */
export function serverOf(answers: Answers, target: Target = elb) {
  const sent: string[] = []
  const now = { ...answers }
  const handle = ({ method, url }: { method: string; url: string }) => {
    const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
    const action = searchParams.get('Action')
    const what = action ?? `${method} ${pathname.replace('/v2.0/lbaas', '')}`
    sent.push(what)
    return answerOf(what in now ? now[what] : 404)
  }
  const around = { wire: directWire({ handle }), environment: { TOKEN: 'canary-token' } }
  const session = openSession(target, run, around)
  const send = (purpose: Purpose, request: HttpRequest) =>
    exchange(session.connection, purpose, request)
  const cleanUp = (request: HttpRequest) => send('clean-up', request)
  const remove = (...keys: string[]) =>
    removeOurs(session.ownership, keys, { look: cleanUp, write: cleanUp })
  return { sent, session, send, remove, now }
}

export const createPool = elbRequest('POST', '/pools', { pool: { name: ours } })
export const update = (id: string) =>
  elbRequest('PUT', `/pools/${id}`, { pool: { description: 'd' } })
