import { expect, test } from 'vitest'
import { elbRequest } from '../src/dialects/elb.ts'
import type { HttpResponse } from '../src/model.ts'
import { elb, run } from '../src/session/canned-server.ts'
import { openSession } from '../src/session/session.ts'
import { surveyedBy } from '../fixtures/surveyed.ts'

const key = '/pools/p-1'

function answer(status: number, body?: unknown): HttpResponse {
  return { status, headers: [], text: '', body }
}

const wire = () => Promise.reject(new Error('Nothing is sent.'))

/** A session in which a pool was made, and its deletion accepted. */
function afterDeletion() {
  const session = openSession(elb, run, { wire, environment: { TOKEN: 'canary' } })
  const { ownership } = session
  const pool = { id: 'p-1', name: session.name('pool') }
  ownership.after('arrange', elbRequest('POST', '/pools', { pool }), answer(201, { pool }))
  const before = surveyedBy({ session, loadBalancer: { loadBalancerId: 'lb-1' } })
  ownership.after('clean-up', elbRequest('DELETE', key), answer(204))
  return { session, before }
}

test('a survey shows what goes while the check is asked, and not what was gone before', async () => {
  const { session, before } = afterDeletion()
  expect(before.has(key)).toBe(true)
  await new Promise((resolve) => setTimeout(resolve, 2))
  const later = surveyedBy({ session, loadBalancer: { loadBalancerId: 'lb-1' } })
  expect([later.has(key), later.has('/pools/p-2')]).toEqual([false, true])
})
