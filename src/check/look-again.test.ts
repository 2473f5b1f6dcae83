import { AssertionError } from 'node:assert'
import { describe, expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import { Unarranged, type Requirement } from '../model.ts'
import { openSession } from '../session/session.ts'
import type { ElbTarget, Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import type { CheckContext, Fixtures, Outcome } from './check.ts'
import { seenOnce } from './derivations.ts'
import { Lanes } from './lanes.ts'
import { perform } from './perform.ts'

type Ground = CheckContext<Target, string>

const target: ElbTarget = {
  name: 'staging',
  dialect: 'elb',
  endpoint: 'http://127.0.0.1',
  auth: { token: { env: 'TOKEN' } },
  given: { subnetId: 's', addresses: ['192.0.2.10'] },
}

const requirement: Requirement = {
  id: 'elb/delete-pool/gone',
  level: 'must',
  text: 'A deleted pool is gone.',
  source: 'Deleting a Backend Server Group',
}

/** A server with one number: PUT sets it, and GET shows the number before for so many reads or milliseconds. */
function lateServer({ oldReads = 0, oldMilliseconds = 0, lost = 0, fails = 0 }: Late) {
  const log: string[] = []
  let shown = 0
  let next = 0
  let left = 0
  let written = -Infinity
  let toLose = lost
  let toFail = fails
  const handle = ({ method, url }: { method: string; url: string }) => {
    const [, value = ''] = /\/(\d+)$/.exec(url) ?? []
    log.push(method === 'GET' ? 'GET' : `${method} ${value}`)
    if (method === 'GET') {
      if (left > 0) left -= 1
      else if (performance.now() - written >= oldMilliseconds) shown = next
      return { status: 200, headers: {}, body: JSON.stringify({ shown }) }
    }
    if (value === '409') return { status: 409, headers: {}, body: '{}' }
    shown = next
    next = Number(value)
    left = oldReads
    written = performance.now()
    if (toLose-- > 0) return { status: 504, headers: {}, body: '' }
    if (toFail-- > 0) return { status: 500, headers: {}, body: '{}' }
    return { status: 200, headers: {}, body: '{}' }
  }
  return { log, handle }
}

interface Late {
  readonly oldReads?: number
  readonly oldMilliseconds?: number
  /** So many writes are carried out, and their answers lost. */
  readonly lost?: number
  /** So many are carried out, and answered with 500. */
  readonly fails?: number
  /** How late a read was seen to be before, in milliseconds. */
  readonly seenLate?: number
  /** How long a look is made again; long, unless a test waits for its end. */
  readonly settleSeconds?: number
}

interface Tried {
  readonly outcome: Outcome
  readonly log: readonly string[]
  readonly longest: number
}

async function tried(
  late: Late,
  ask: (ground: Ground) => Promise<string | void>,
  profile: Target['profile'] = {},
  extra: Partial<Fixtures<Target, string, Ground>> = {},
): Promise<Tried> {
  const { log, handle } = lateServer(late)
  const limits = { settleSeconds: late.settleSeconds ?? 60 }
  const session = openSession(
    { ...target, limits, profile },
    { id: '0', seed: 1 },
    { wire: directWire({ handle }), environment: { TOKEN: 'canary-token' } },
  )
  if (late.seenLate) session.reads.saw(late.seenLate)
  const fixtures: Fixtures<Target, string, Ground> = {
    dialect: 'elb',
    laneSource: () => ({
      most: () => 1,
      create: () => Promise.resolve('lb'),
      ready: () => Promise.resolve(),
      destroy: () => Promise.resolve(),
    }),
    ground: (context) => context,
    ...extra,
  }
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const outcome = await perform({ requirement, ask }, fixtures, session, lanes)
  return { outcome, log, longest: session.reads.longest }
}

const put = ({ send }: Ground, value: number) => send('ask', elbRequest('PUT', `/numbers/${value}`))
const shows = async ({ send }: Ground) =>
  ((await send('look', elbRequest('GET', '/pools'))).body as { shown: number }).shown

const expectShown = async (ground: Ground, value: number) => {
  const shown = await shows(ground)
  if (shown !== value) throw new AssertionError({ message: `shown ${shown}, expected ${value}` })
}

const expectWrong = async (ground: Ground) => {
  await put(ground, 7)
  await expectShown(ground, 9)
}

describe('a look that shows what was there before', () => {
  test('costs nothing where reads are never late', async () => {
    const { outcome, log, longest } = await tried({}, async (ground) => {
      await put(ground, 7)
      await expectShown(ground, 7)
    })
    expect(outcome).not.toHaveProperty('thrown')
    expect(log).toEqual(['PUT 7', 'GET'])
    expect(longest).toBe(0)
  })

  test('is made again, without a second write, until it is right', async () => {
    const { outcome, log, longest } = await tried({ oldReads: 2 }, async (ground) => {
      await put(ground, 7)
      await expectShown(ground, 7)
    })
    expect(outcome).not.toHaveProperty('thrown')
    expect(log).toEqual(['PUT 7', 'GET', 'GET', 'GET'])
    expect(longest).toBeGreaterThan(0)
  })

  test('does not repeat earlier writes when a later look is late', async () => {
    const { outcome, log } = await tried({ oldReads: 1 }, async (ground) => {
      await put(ground, 7)
      await expectShown(ground, 7)
      await put(ground, 8)
      await expectShown(ground, 8)
    })
    expect(outcome).not.toHaveProperty('thrown')
    expect(log.filter((line) => line !== 'GET')).toEqual(['PUT 7', 'PUT 8'])
  })

  test('is a failure when it never becomes right', async () => {
    const { outcome, log } = await tried({ settleSeconds: 3 }, expectWrong)
    expect(outcome.thrown).toEqual({ family: 'broken', message: 'shown 7, expected 9' })
    expect(log.filter((line) => line !== 'GET')).toEqual(['PUT 7'])
    expect(log.length).toBeGreaterThan(2)
  })

  test('is a failure at once where the profile says that reads are never late', async () => {
    const { outcome, log } = await tried({}, expectWrong, { delayedReads: false })
    expect(outcome.thrown?.family).toBe('broken')
    expect(log).toEqual(['PUT 7', 'GET'])
  })

  test('is not made again when it was the answer to the write that was wrong', async () => {
    const { outcome, log } = await tried({}, async (ground) => {
      await put(ground, 7)
      throw new AssertionError({ message: 'The answer was wrong.' })
    })
    expect(outcome.thrown?.family).toBe('broken')
    expect(log).toEqual(['PUT 7'])
  })

  test('from before the question may be old: the check is asked again once reads are known to be late', async () => {
    const measured: Partial<Fixtures<Target, string, Ground>> = {
      measureReadLag: async (ground, again) => {
        await put(ground, 1)
        return again(async () => (await shows(ground)) === 1)
      },
    }
    let asked = 0
    const { outcome } = await tried(
      { oldMilliseconds: 300 },
      async (ground) => {
        asked = ground.once('asked', () => asked + 1)
        await put(ground, 10 * asked)
        const before = await shows(ground)
        await put(ground, 10 * asked)
        await expectShown(ground, before)
      },
      {},
      measured,
    )
    expect(outcome).not.toHaveProperty('thrown')
    expect(asked).toBeLessThanOrEqual(2)
  })
})

test('what a check draws or registers once stays the same when its looks are made again', async () => {
  const names: string[] = []
  const removed: string[] = []
  await tried({ oldReads: 2 }, async (ground) => {
    names.push(ground.session.name('pool'))
    ground.onCleanUp(async () => void removed.push('pool'))
    await put(ground, 7)
    await expectShown(ground, 7)
  })
  expect(names.length).toBeGreaterThan(1)
  expect(new Set(names).size).toBe(1)
  expect(removed).toEqual(['pool'])
})

test('an object that is made in a later asking is removed, also where an earlier one is not made again', async () => {
  const removed: string[] = []
  let asked = 0
  await tried({ oldReads: 2 }, async (ground) => {
    asked += 1
    const removing = (key: string) =>
      ground.onCleanUp(() => Promise.resolve(void removed.push(key)), key)
    if (asked === 1) removing('probe')
    removing('pool')
    await put(ground, 7)
    await expectShown(ground, 7)
    removing('member')
  })
  expect(asked).toBeGreaterThan(1)
  expect(removed).toEqual(['member', 'pool', 'probe'])
})

const putAndLook = async (ground: Ground) => {
  await put(ground, 7)
  await expectShown(ground, 7)
}

describe('a question whose answer was lost', () => {
  test('is put once more from the beginning, and both askings are evidence', async () => {
    const { outcome, log } = await tried({ lost: 1 }, putAndLook)
    expect(outcome).not.toHaveProperty('thrown')
    expect(log).toEqual(['PUT 7', 'PUT 7', 'GET'])
    expect(outcome.exchanges.map(({ response }) => response?.status)).toEqual([504, 200, 200])
  })

  test('is not decided when that is lost as well', async () => {
    const { outcome, log } = await tried({ lost: 2 }, putAndLook)
    expect(outcome.thrown?.family).toBe('unasked')
    expect(log).toEqual(['PUT 7', 'PUT 7'])
  })
})

const putAndAccept = async (ground: Ground) => {
  const { status } = await put(ground, 7)
  if (status !== 200) throw new AssertionError({ message: `answered ${status}` })
}

describe('a question that was answered 500', () => {
  test('is put once more from the beginning: that may have been a fault of the moment', async () => {
    const { outcome, log } = await tried({ fails: 1 }, putAndAccept)
    expect(outcome).not.toHaveProperty('thrown')
    expect(log).toEqual(['PUT 7', 'PUT 7'])
    expect(outcome.exchanges).toMatchObject([
      { response: { status: 500 }, trouble: expect.stringContaining('put once more') as string },
      { response: { status: 200 } },
    ])
    expect(outcome.exchanges[1]).not.toHaveProperty('trouble')
  })

  test('is broken when it is answered so again', async () => {
    const { outcome } = await tried({ fails: 9, settleSeconds: 0 }, putAndAccept)
    expect(outcome.thrown).toMatchObject({ family: 'broken', message: 'answered 500' })
  })
})

const conflict = (purpose: 'ask' | 'arrange', error: Error) => async (ground: Ground) => {
  await ground.send(purpose, elbRequest('PUT', '/numbers/409'))
  throw error
}

const conflictThenLook = async (ground: Ground) => {
  await ground.send('ask', elbRequest('PUT', '/numbers/409'))
  await ground.send('look', elbRequest('GET', '/numbers'))
  throw new AssertionError({ message: 'changed' })
}

describe('a conflict', () => {
  test('that answers the question may be too soon: it is put again, slowly', async () => {
    const { log } = await tried({}, conflict('ask', new AssertionError({ message: 'refused' })))
    expect(log).toEqual(['PUT 409', 'PUT 409'])
  })

  test('may be too soon also where the check looks before it fails', async () => {
    const { log } = await tried({}, conflictThenLook, { delayedReads: false })
    expect(log).toEqual(['PUT 409', 'GET', 'PUT 409', 'GET'])
  })

  test.each([
    ['in an arrangement', 'arrange', {}],
    ['on a target that is never busy', 'ask', { asynchronous: false }],
  ] as const)('%s is what it is', async (_, purpose, profile) => {
    const { log } = await tried({}, conflict(purpose, new Unarranged('refused')), profile)
    expect(log).toEqual(['PUT 409'])
  })
})

/** A check that fails so many times. @param before - What else it does. */
function failing(
  times: number,
  before: (ground: Ground) => Promise<unknown> = () => Promise.resolve(),
) {
  let asked = 0
  return async (ground: Ground) => {
    await before(ground)
    asked += 1
    await put(ground, asked)
    if (asked <= times) throw new AssertionError({ message: 'It failed.' })
  }
}

const arrangeIfAnswered = ({ send }: Ground) =>
  send('arrange', elbRequest('PUT', '/numbers/7')).catch(() => undefined)

describe('a failure that does not come again', () => {
  const undecided = { family: 'unasked', message: `${seenOnce}It failed.` }

  test('decides nothing where reads were late, and a pause before looks did not help', async () => {
    const { outcome } = await tried({ seenLate: 5 }, failing(2))
    expect(outcome.thrown).toEqual(undecided)
  })

  test('decides nothing where an exchange of the check had trouble', async () => {
    const { outcome } = await tried({ lost: 1 }, failing(1, arrangeIfAnswered))
    expect(outcome.thrown).toEqual(undecided)
  })

  test('is a failure where nothing was late, and nothing had trouble', async () => {
    const { outcome } = await tried({}, failing(1))
    expect(outcome.thrown).toEqual({ family: 'broken', message: 'It failed.' })
  })
})
