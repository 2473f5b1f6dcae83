import { AssertionError } from 'node:assert'
import { assert, describe, expect, test } from 'vitest'
import {
  checksOf,
  familyOf,
  isCheck,
  unobservable,
  type Answered,
  type Check,
  type Fixtures,
  type Outcome,
  type CheckContext,
} from './check.ts'
import { open, openReadingOf } from './open-reading.ts'
import { perform } from './perform.ts'
import { elbRequest } from '../dialects/elb.ts'
import { Lanes } from './lanes.ts'
import { NoAnswer, NotOffered, Unarranged, UsageError, type Requirement } from '../model.ts'
import { openSession, type Session } from '../session/session.ts'
import type { ElbTarget, Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'

const target: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1',
  auth: { token: { env: 'TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
  profile: { udp: false, xml: false },
}

/** A session with a server that answers everything with 200, and shows the token. */
function aSession(): Session {
  const server = { handle: () => ({ status: 200, headers: {}, body: '{"token":"canary-token"}' }) }
  const environment = { TOKEN: 'canary-token' }
  return openSession(target, { id: '0', seed: 1 }, { wire: directWire(server), environment })
}

type Ground = CheckContext<Target, string>

const fixtures: Fixtures<Target, string, Ground> = {
  dialect: 'elb',
  laneSource: () => ({
    most: () => 1,
    create: () => Promise.resolve('lb-1'),
    ready: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  }),
  ground: (context) => context,
}

const requirement: Requirement = {
  id: 'elb/delete-pool/gone',
  level: 'must',
  text: 'A deleted pool is gone.',
  source: 'Deleting a Backend Server Group',
}

const reading: Requirement = {
  ...requirement,
  level: 'reading',
  readings: { kept: 'It stays.', gone: 'It goes.' },
}

const question = elbRequest('GET', '/pools/1')

/** The outcome of one check on lanes of its own, or on the given ones. */
function outcomeOf(
  ask: (ground: Ground) => Promise<Answered>,
  of: Requirement = requirement,
  lanes?: Lanes<string>,
): Promise<Outcome> {
  const session = aSession()
  const check = { requirement: of, ask } as Check
  return perform(
    check,
    fixtures,
    session,
    lanes ?? new Lanes(fixtures.laneSource(session, () => undefined)),
  )
}

async function asking({ send }: Ground): Promise<void> {
  await send('ask', question)
}

const unansweredWire = () =>
  Promise.reject(Object.assign(new Error('gone'), { code: 'ECONNRESET' }))

const ignoringErrors = ({ send }: Ground) => send('ask', question).catch(() => undefined)

describe('perform', () => {
  test('throws nothing for a check that reaches its last line', async () => {
    const outcome = await outcomeOf(asking)
    expect(outcome).not.toHaveProperty('thrown')
    expect(outcome).not.toHaveProperty('reading')
    expect(outcome).toMatchObject({ leftovers: [], exchanges: [{ purpose: 'ask' }] })
  })

  test.each([
    ['broken', new AssertionError({ message: 'It broke.' })],
    ['unasked', new NoAnswer('It broke.')],
    ['unasked', new Unarranged('It broke.')],
    ['not-offered', new NotOffered('It broke.')],
  ] as const)('reads the family %s from what was thrown', async (family, error) => {
    const outcome = await outcomeOf(async (ground) => {
      await asking(ground)
      throw error
    })
    expect(outcome.thrown).toEqual({ family, message: 'It broke.' })
  })

  test('shows the stack of a fault of ours', async () => {
    const { thrown } = await outcomeOf(() =>
      Promise.reject(new TypeError('undefined is not a pool')),
    )
    expect(thrown?.family).toBe('ours')
    expect(thrown?.message).toMatch(/^TypeError: undefined is not a pool\n\s+at .*check\.test\.ts/)
  })

  test('treats a body that throws like one that rejects', async () => {
    const { thrown } = await outcomeOf(() => {
      throw new Unarranged('Not begun.')
    })
    expect(thrown).toEqual({ family: 'unasked', message: 'Not begun.' })
  })

  test('keeps the exchanges of a check that fails', async () => {
    const outcome = await outcomeOf(async ({ send }) => {
      await send('arrange', question)
      await send('ask', question)
      assert(false, 'No.')
    })
    expect(outcome.thrown?.family).toBe('broken')
    expect(outcome.exchanges.map(({ purpose }) => purpose)).toEqual(['arrange', 'ask'])
  })

  test('hides secrets in messages, leftovers and evidence', async () => {
    const outcome = await outcomeOf(async (ground) => {
      ground.onCleanUp(() => Promise.reject(new Error('left behind by canary-token')))
      await asking(ground)
      assert(false, 'canary-token was refused')
    })
    expect(outcome.thrown?.message).toBe('[redacted] was refused')
    expect(JSON.stringify(outcome)).not.toContain('canary-token')
  })
})

describe('an open reading', () => {
  const openly: Requirement = { ...reading, readings: open({ kept: 'It stays.' }) }

  test('that is known is returned by its name', async () => {
    const outcome = await outcomeOf(async (ground) => {
      await asking(ground)
      return openReadingOf({ kept: true }, 'nothing')
    }, openly)
    expect(outcome).toMatchObject({ reading: 'kept' })
    expect(outcome).not.toHaveProperty('seen')
  })

  test('that is not known is recorded as it was seen, without secrets', async () => {
    const outcome = await outcomeOf(async (ground) => {
      await asking(ground)
      return openReadingOf({ kept: false }, 'It moved, said canary-token.')
    }, openly)
    expect(outcome).not.toHaveProperty('thrown')
    expect(outcome).toMatchObject({ reading: 'other', seen: 'It moved, said [redacted].' })
  })
})

test('secrets in the changes of a lent load balancer are hidden', async () => {
  const spoilt = new Unarranged('It changed.')
  const lent = {
    ...fixtures.laneSource(aSession(), () => undefined),
    lent: { spoilt, changes: () => Promise.resolve(['the description is canary-token']) },
  }
  const { leftovers } = await outcomeOf(asking, requirement, new Lanes(lent))
  expect(leftovers).toEqual(['the description is [redacted]'])
})

describe('a check that does not ask its question is a fault of ours', () => {
  test('when it sent nothing', async () => {
    const { thrown } = await outcomeOf(() => Promise.resolve())
    expect(thrown?.family).toBe('ours')
    expect(thrown?.message).toContain('elb/delete-pool/gone ended without asking its question')
  })

  test('when it only looked', async () => {
    const { thrown } = await outcomeOf(async ({ send }) => void (await send('look', question)))
    expect(thrown?.family).toBe('ours')
  })

  test('when there was no answer and it ignored the error', async () => {
    const session = aSession()
    const { connection } = session
    const check = { requirement, ask: ignoringErrors } as Check
    const unanswered = {
      ...session,
      connection: { ...connection, wire: unansweredWire, patienceMilliseconds: 0 },
    }
    const lanes = new Lanes(fixtures.laneSource(unanswered, () => undefined))
    const { thrown, exchanges } = await perform(check, fixtures, unanswered, lanes)
    expect(thrown?.family).toBe('ours')
    expect(exchanges).toMatchObject([{ purpose: 'ask', trouble: 'ECONNRESET: gone' }])
  })

  test.each([
    ['returns no reading', reading, undefined],
    ['returns one that its requirement does not have', reading, 'stays'],
    ['returns an empty one', reading, ''],
    ['returns one and its requirement has none', requirement, 'kept'],
  ])('when it %s', async (_what, of, named) => {
    const outcome = await outcomeOf(async (ground) => {
      await asking(ground)
      return named
    }, of)
    expect(outcome.thrown?.family).toBe('ours')
    expect(outcome).not.toHaveProperty('reading')
  })

  test('but not when it returns one of its readings', async () => {
    const outcome = await outcomeOf(async (ground) => {
      await asking(ground)
      return 'kept'
    }, reading)
    expect(outcome).toMatchObject({ reading: 'kept' })
    expect(outcome).not.toHaveProperty('thrown')
  })

  test('nor when an error came before the question', async () => {
    const { thrown } = await outcomeOf(() => Promise.reject(new Unarranged('No pool.')))
    expect(thrown?.family).toBe('unasked')
  })
})

describe('what a target does not offer', () => {
  test('is not asked, and takes no lane', async () => {
    let lent = 0
    const lanes = new Lanes({
      most: () => 1,
      create: () => Promise.resolve(`lb-${(lent += 1)}`),
      ready: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    })
    const of = { ...requirement, needs: ['udp', 'healthMonitors', 'xml'] as const }
    const outcome = await outcomeOf(asking, of, lanes)
    expect(outcome).toMatchObject({
      thrown: {
        family: 'not-offered',
        message: 'The profile of staging says it does not offer udp and xml.',
      },
      exchanges: [],
    })
    expect(lent).toBe(0)
  })

  test('is asked when the profile does not mention it', async () => {
    const outcome = await outcomeOf(asking, { ...requirement, needs: ['healthMonitors'] })
    expect(outcome).not.toHaveProperty('thrown')
  })
})

describe('clean-up', () => {
  const endings: readonly [string, (ground: Ground) => Promise<void>, string | undefined][] = [
    ['a pass', asking, undefined],
    ['a failure', () => Promise.reject(new AssertionError({ message: 'no' })), 'broken'],
    ['a fault of ours', () => Promise.reject(new TypeError('no')), 'ours'],
  ]

  test.each(endings)('runs in reverse order after %s', async (_what, end, family) => {
    const order: string[] = []
    const removing = (name: string) => async () => void order.push(name)
    const outcome = await outcomeOf(async (ground) => {
      ground.onCleanUp(removing('pool'))
      ground.onCleanUp(removing('member'))
      ground.onCleanUp(removing('monitor'))
      await end(ground)
    })
    expect(order).toEqual(['monitor', 'member', 'pool'])
    expect(outcome.thrown?.family).toBe(family)
    expect(outcome.leftovers).toEqual([])
  })

  test('that fails is reported as left behind, does not change the verdict, and does not stop the other removals', async () => {
    const order: string[] = []
    const outcome = await outcomeOf(async (ground) => {
      ground.onCleanUp(async () => void order.push('pool'))
      ground.onCleanUp(() => Promise.reject(new Unarranged('The member is still there.')))
      ground.onCleanUp(() => {
        throw new NoAnswer('The monitor is still there.')
      })
      await asking(ground)
    })
    expect(outcome).not.toHaveProperty('thrown')
    expect(outcome.leftovers).toEqual(['The monitor is still there.', 'The member is still there.'])
    expect(order).toEqual(['pool'])
  })

  test('is part of the evidence', async () => {
    const outcome = await outcomeOf(async (ground) => {
      ground.onCleanUp(async () => void (await ground.send('clean-up', question)))
      await asking(ground)
    })
    expect(outcome.exchanges.map(({ purpose }) => purpose)).toEqual(['ask', 'clean-up'])
  })
})

describe('lanes', () => {
  test('are used again after a check, and replaced when something is left on them', async () => {
    let made = 0
    const lanes = new Lanes({
      most: () => 1,
      create: () => Promise.resolve(`lb-${(made += 1)}`),
      ready: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    })
    const loadBalancers: string[] = []
    const leaving = async (ground: Ground) => {
      loadBalancers.push(ground.loadBalancer)
      if (loadBalancers.length === 2) ground.onCleanUp(() => Promise.reject(new Error('left')))
      await asking(ground)
    }
    for (let check = 0; check < 4; check += 1) await outcomeOf(leaving, requirement, lanes)
    expect(loadBalancers).toEqual(['lb-1', 'lb-1', 'lb-2', 'lb-2'])
  })

  test('that cannot be created leave the question unasked', async () => {
    const lanes = new Lanes<string>({
      most: () => 1,
      create: () => Promise.reject(new Unarranged('No load balancer.')),
      ready: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    })
    const outcome = await outcomeOf(asking, requirement, lanes)
    expect(outcome.thrown).toEqual({ family: 'unasked', message: 'No load balancer.' })
  })
})

test.each([
  [new AssertionError({ message: '' }), 'broken'],
  [new NoAnswer(''), 'unasked'],
  [new Unarranged(''), 'unasked'],
  [new NotOffered(''), 'not-offered'],
  [new UsageError(''), 'ours'],
  [new Error('AssertionError'), 'ours'],
  ['AssertionError', 'ours'],
  [undefined, 'ours'],
])('familyOf %s is %s', (error, family) => {
  expect(familyOf(error)).toBe(family)
})

test('familyOf knows what vitest’s assert throws', () => {
  let thrown: unknown
  try {
    assert(false, 'no')
  } catch (error) {
    thrown = error
  }
  expect(familyOf(thrown)).toBe('broken')
})

test('a suite holds checks and unobservable requirements, and isCheck distinguishes them', () => {
  const { check, suite } = checksOf(fixtures)
  const entries = [check(requirement, asking), unobservable(reading, 'Only in traffic.')]
  const whole = suite('delete-pool', entries)
  expect(whole).toMatchObject({ dialect: 'elb', operation: 'delete-pool', entries })
  expect(whole.entries.map((entry) => isCheck(entry))).toEqual([true, false])
})
