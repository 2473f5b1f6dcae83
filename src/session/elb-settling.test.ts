import { expect, test } from 'vitest'
import { Unarranged, type Exchange } from '../model.ts'
import type { ElbTarget } from '../target.ts'
import { openSession } from './session.ts'
import { settled } from './elb-settling.ts'

const session = openSession<ElbTarget>(
  {
    name: 'staging',
    dialect: 'elb',
    endpoint: 'http://127.0.0.1',
    auth: { token: { env: 'TOKEN' } },
    given: { subnetId: 's', addresses: ['192.0.2.10'] },
    limits: { settleSeconds: 1, pollSeconds: 0.1 },
  },
  { id: '0a1b2c3d', seed: 1 },
  {
    wire: () => Promise.reject(new Error('nothing is sent here')),
    environment: { TOKEN: 'canary-token' },
  },
)

test('a load balancer that was waited for in vain is only looked at, until it has settled', async () => {
  let [status, looks] = ['PENDING_UPDATE', 0]
  const send = () => {
    looks += 1
    const body = { loadbalancer: { provisioning_status: status } }
    return Promise.resolve({ status: 200, body } as Exchange)
  }
  const looksAt = async (id: string): Promise<number> => {
    const before = looks
    await expect(settled(session, send, id)).rejects.toBeInstanceOf(Unarranged)
    return looks - before
  }
  expect(await looksAt('lb-1')).toBeGreaterThan(1)
  expect(await looksAt('lb-1')).toBe(1)
  await expect(settled(session, send, 'lb-1')).rejects.toThrow('did not become ACTIVE')
  expect(await looksAt('lb-2')).toBeGreaterThan(1)

  status = 'ACTIVE'
  expect(await settled(session, send, 'lb-1')).toBe(false)
  status = 'PENDING_UPDATE'
  expect(await looksAt('lb-1')).toBeGreaterThan(1)
})

/** A load balancer that is in ERROR for so many looks. */
function inError(looks: number) {
  let looked = 0
  const send = () => {
    looked += 1
    const provisioning_status = looked <= looks ? 'ERROR' : 'ACTIVE'
    return Promise.resolve({
      status: 200,
      body: { loadbalancer: { provisioning_status } },
    } as Exchange)
  }
  return { send, looked: () => looked }
}

test('an ERROR is believed at once where no look was late, and looked at again where some were', async () => {
  const prompt = inError(2)
  await expect(settled(session, prompt.send, 'lb-3')).rejects.toThrow('is in ERROR')
  expect(prompt.looked()).toBe(1)

  session.reads.saw(200)
  const late = inError(2)
  expect(await settled(session, late.send, 'lb-4')).toBe(true)
  const lasting = inError(1_000)
  await expect(settled(session, lasting.send, 'lb-5')).rejects.toThrow('is in ERROR')
  expect(lasting.looked()).toBeGreaterThan(2)
})
