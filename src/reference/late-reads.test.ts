import { expect, test } from 'vitest'
import { addMember, conversation, ground } from './elb/test-client.ts'
import type { ElbStore } from './elb/index.ts'
import { readingLate } from './late-reads.ts'

const late = readingLate<ElbStore>({
  isRead: ({ method }) => method === 'GET',
  copied: (store) => ({
    ...store,
    ...structuredClone({ pools: store.pools, members: store.members }),
  }),
  milliseconds: [10],
})

test('reads show for a while what was there before a write, and writes do not', () => {
  const { ask, wait } = conversation({ change: late })
  const { pool } = ground(ask)
  wait(10)
  const member = addMember(ask, pool)
  expect(ask('GET', `pools/${pool}/members/${member}`).status).toBe(404)
  wait(10)
  expect(ask('GET', `pools/${pool}/members/${member}`).status).toBe(200)
  expect(ask('DELETE', `pools/${pool}/members/${member}`).status).toBe(204)
  expect(ask('GET', `pools/${pool}`).body['pool']?.members).toEqual([{ id: member }])
  expect(ask('DELETE', `pools/${pool}/members/${member}`).status).toBe(404)
  wait(10)
  expect(ask('GET', `pools/${pool}`).body['pool']?.members).toEqual([])
})
