import { describe, expect, test } from 'vitest'
import { suites } from '../../../suites/index.ts'
import { httpLoopback } from '../../wire/loopback.ts'
import { UsageError, type Dialect } from '../../model.ts'
import { examine } from '../../prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../../reference/embedded.ts'
import { standIn } from '../../reference/stand-in.ts'
import { selected } from '../../check/select.ts'
import type { Target } from '../../target.ts'
import { directWire } from '../../wire/wire.ts'
import { planTarget } from './plan-target.ts'
import { planText } from './plan-text.ts'

const options = { asynchronousMilliseconds: 0 }

function targetOf(dialect: Dialect, but: object = {}): Target {
  const plain = referenceTarget(dialect, 'http://staging.invalid', options)
  return { ...plain, limits: { lanes: 3 }, ...but }
}

function plan(target: Target, ...only: string[]) {
  return planTarget({ target, suites: selected(suites, only), standIn })
}

describe.each(['elb', 'slb'] as const)('a plan of %s', (dialect) => {
  test('counts the requests that a run sends', async () => {
    const rules = reference(dialect, options)
    const sent: string[] = []
    const counting = {
      ...rules,
      handle: (request: Parameters<typeof rules.handle>[0]) => {
        sent.push(request.method)
        return rules.handle(request)
      },
    }
    // What is looked at before a write depends on what was written on the same lane before; with one lane that is known.
    const target = targetOf(dialect, { limits: { lanes: 1 } })
    const server = {
      target,
      environment: referenceEnvironment,
      wire: directWire(counting),
      setProvisioningStatus: (id: string, status: string) => {
        rules.setProvisioningStatus(id, status)
        return Promise.resolve()
      },
      inventory: () => rules.inventory(),
      close: () => Promise.resolve(),
    }
    await examine(server, suites)
    const { total, lanes } = await plan(target)
    // A run also looks whether the target answers, and whether it may create load balancers there.
    expect(total.requests).toBe(sent.length + 2)
    expect(lanes).toBe(1)
    const { arrange, ask, look, 'clean-up': tidy } = total.purposes
    expect(arrange + ask + look + tidy).toBe(total.requests)
  })

  test('creates no load balancer where one is lent', async () => {
    const { given } = targetOf(dialect)
    const lent = targetOf(dialect, { given: { ...given, loadBalancerId: 'theirs' } })
    const prefix =
      dialect === 'elb' ? 'elb/delete-pool/status-204' : 'slb/remove-backend-servers/empties'
    const { lanes, total, requirements } = await plan(lent, prefix)
    expect([lanes, requirements.map(({ unasked }) => unasked)]).toEqual([0, [undefined]])
    expect(Object.keys(total.creates)).not.toContain(
      dialect === 'elb' ? 'loadbalancers' : 'LoadBalancer',
    )
  })
})

describe('a plan', () => {
  test('lists the requirements that cannot be asked of the target, with the reason', async () => {
    const bare = targetOf('elb', { hooks: {}, profile: {}, auth: { token: { env: 'T' } } })
    const { requirements } = await plan(bare, 'elb/update-pool')
    const reasonOf = (id: string) =>
      requirements.find((one) => one.id === `elb/update-pool/${id}`)?.unasked
    expect(reasonOf('active-only.error')).toMatchObject({
      verdict: 'inconclusive',
      reason: expect.stringContaining('no hook setProvisioningStatus') as string,
    })
    expect(reasonOf('other-project')).toMatchObject({ verdict: 'not-applicable' })
    const whole = await plan(targetOf('elb'), 'elb/update-pool/active-only.error')
    expect(whole.requirements).toMatchObject([
      { hooks: 2, creates: { pools: expect.any(Number) as number } },
    ])
    expect(whole.requirements[0]?.unasked).toBeUndefined()
  })

  test('considers how many servers are lent', async () => {
    const { given } = targetOf('slb')
    const poor = targetOf('slb', { given: { ...given, serverIds: ['i-of-theirs'], eniIds: [] } })
    const reasons = (await plan(poor)).requirements.map(({ unasked }) => unasked?.reason ?? '')
    expect(reasons.filter((reason) => reason.includes('serverIds')).length).toBeGreaterThan(5)
  })

  test('as text has totals, requirements and the least time at the rate limit', async () => {
    const slow = targetOf('elb', { limits: { requestsPerSecond: 0.5 } })
    const made = await plan(slow, 'elb/delete-pool/status-204')
    const text = planText(made)
    expect(text).toContain('1 of 1 requirements can be tested.')
    expect(text).toMatch(/elb\/delete-pool\/status-204 +\d+ +\d+ {2}1 pools/)
    expect(text).toContain(`about ${made.total.requests} requests`)
    expect(text).toMatch(/At limits\.requestsPerSecond it would take at least \d+ s\./)
    expect(text).toContain('Nothing was sent.')
  })

  test('that selects no requirement is a usage error', async () => {
    await expect(plan(targetOf('slb'), 'elb/delete-pool')).rejects.toThrow(UsageError)
  })

  test('sends only reads, and only with --probe', async () => {
    const server = reference('elb', options)
    const { endpoint, arrived } = await httpLoopback((response, { method, url, headers, body }) => {
      const plain = headers as Readonly<Record<string, string>>
      const answer = server.handle({ method, url, headers: plain, body })
      response.writeHead(answer.status, answer.headers).end(answer.body)
    })
    const target = targetOf('elb', { endpoint })
    const meant = selected(suites, ['elb/delete-pool/status-204'])
    const quiet = await planTarget({ target, suites: meant, standIn })
    expect([arrived.length, quiet.probed]).toEqual([0, undefined])
    const asked = { target, suites: meant, standIn, environment: referenceEnvironment }
    const { probed } = await planTarget(asked)
    expect(probed?.join()).toContain('lists 0 load balancer(s)')
    expect(arrived.length).toBeGreaterThan(1)
    expect(arrived.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual([])
  })
})
