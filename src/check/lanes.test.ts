import { describe, expect, test } from 'vitest'
import { Lanes, type Lane, type LaneSource } from './lanes.ts'
import { NoAnswer, Unarranged } from '../model.ts'

/** A source that counts what it creates. */
class Source implements LaneSource<string> {
  allowed: number
  readonly destroyed: string[] = []
  stuck: readonly string[] = []
  asked = 0
  readonly #make: (asked: number) => Promise<string>

  constructor(most: number, make = (asked: number) => Promise.resolve(`lb-${asked}`)) {
    this.allowed = most
    this.#make = make
  }

  most(): number {
    return this.allowed
  }

  create(): Promise<string> {
    return this.#make((this.asked += 1))
  }

  /** Those in `stuck` never become ready. */
  ready(loadBalancer: string): Promise<void> {
    return this.stuck.includes(loadBalancer)
      ? Promise.reject(new Unarranged(`${loadBalancer} did not settle.`))
      : Promise.resolve()
  }

  destroy(loadBalancer: string): Promise<void> {
    this.destroyed.push(loadBalancer)
    return Promise.resolve()
  }
}

/** Waits for one turn of the event loop. */
const aTurn = () => new Promise((resolve) => setImmediate(resolve))

/** Several checks that request a lane at the same time. */
function lendMany(lanes: Lanes<string>, many: number): Promise<Lane<string>>[] {
  const all = Array.from({ length: many }, () => lanes.lend())
  for (const one of all) one.catch(() => undefined)
  return all
}

/** The state of each promise after one turn: `waiting` if it is not settled. */
async function stateOf(promises: readonly Promise<unknown>[]): Promise<string[]> {
  await aTurn()
  return Promise.all(
    promises.map((promise) =>
      Promise.race([
        promise.then(
          () => 'lent',
          () => 'refused',
        ),
        aTurn().then(() => 'waiting'),
      ]),
    ),
  )
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error as Error).message,
  )
}

describe('lending', () => {
  test('creates a lane only when it is needed', async () => {
    const laneSource = new Source(4)
    const lanes = new Lanes(laneSource)
    expect(laneSource.asked).toBe(0)
    for (let check = 0; check < 3; check += 1) (await lanes.lend()).release(false)
    expect(laneSource.asked).toBe(1)
  })

  test('never lends one lane to two checks, and never more lanes than allowed', async () => {
    const laneSource = new Source(3)
    const lanes = new Lanes(laneSource)
    const busy = new Set<string>()
    let most = 0
    const check = async (turns: number) => {
      const { loadBalancer, release } = await lanes.lend()
      expect(busy.has(loadBalancer)).toBe(false)
      busy.add(loadBalancer)
      most = Math.max(most, busy.size)
      for (let turn = 0; turn < turns; turn += 1) await aTurn()
      busy.delete(loadBalancer)
      release(turns === 5)
    }
    await Promise.all(Array.from({ length: 60 }, (_, index) => check(index % 6)))
    expect(most).toBe(3)
    expect(busy.size).toBe(0)
  })

  test('waits until a lane is released', async () => {
    const lanes = new Lanes(new Source(1))
    const first = await lanes.lend()
    const others = [lanes.lend(), lanes.lend()]
    expect(await stateOf(others)).toEqual(['waiting', 'waiting'])
    first.release(false)
    expect(await stateOf(others)).toEqual(['lent', 'waiting'])
    const second = (await others[0]) as Lane<string>
    second.release(false)
    expect(await stateOf(others)).toEqual(['lent', 'lent'])
  })

  test('never lends a spoilt lane again, and creates another one', async () => {
    const laneSource = new Source(1)
    const lanes = new Lanes(laneSource)
    const first = await lanes.lend()
    const waiting = lanes.lend()
    first.release(true)
    const second = await waiting
    second.release(false)
    const third = await lanes.lend()
    expect([first.loadBalancer, second.loadBalancer, third.loadBalancer]).toEqual([
      'lb-1',
      'lb-2',
      'lb-2',
    ])
  })
})

describe('a lent lane', () => {
  class Lent extends Source {
    changed: string[] = []
    readonly lent = {
      spoilt: new Unarranged('It is spoilt.'),
      changes: (loadBalancer: string, thorough: boolean) =>
        Promise.resolve(this.changed.map((one) => `${loadBalancer}: ${one}${thorough ? '!' : ''}`)),
    }
  }

  test('reports what changed on it: cheaply after a check, in every field at the end', async () => {
    const laneSource = new Lent(1)
    const lanes = new Lanes<string>(laneSource)
    const lane = await lanes.lend()
    expect(await lane.changes()).toEqual([])
    laneSource.changed = ['a pool']
    expect(await lane.changes()).toEqual(['lb-1: a pool'])
    expect(await lanes.changes()).toEqual(['lb-1: a pool!'])
  })

  test('that is spoilt is never lent again, and waiting checks are refused', async () => {
    const laneSource = new Lent(1)
    const lanes = new Lanes<string>(laneSource)
    const lane = await lanes.lend()
    const waiting = lendMany(lanes, 2)
    lane.release(true)
    expect(await stateOf(waiting)).toEqual(['refused', 'refused'])
    expect(await messageOf(lanes.lend())).toBe('It is spoilt.')
    expect(laneSource.asked).toBe(1)
  })
})

function refuse(): Promise<never> {
  return Promise.reject(new Unarranged('A load balancer was refused.'))
}

describe('when no lane can be created', () => {
  test('the first refusal is repeated, and no further load balancer is requested', async () => {
    const laneSource = new Source(1, refuse)
    const lanes = new Lanes(laneSource)
    const all = lendMany(lanes, 5)
    expect(await stateOf(all)).toEqual(Array(5).fill('refused'))
    expect(await messageOf(lanes.lend())).toBe('A load balancer was refused.')
    expect(laneSource.asked).toBe(1)
  })

  test('all waiting checks are refused, also when several creations are pending', async () => {
    const laneSource = new Source(3, async () => {
      await aTurn()
      return refuse()
    })
    const lanes = new Lanes(laneSource)
    const all = lendMany(lanes, 8)
    for (let turn = 0; turn < 5; turn += 1) await aTurn()
    expect(await stateOf(all)).toEqual(Array(8).fill('refused'))
    expect(laneSource.asked).toBe(3)
  })

  test('a creation without an answer is tried again for the next check', async () => {
    const laneSource = new Source(1, (asked) =>
      asked < 3 ? Promise.reject(new NoAnswer('It was late.')) : Promise.resolve('lb'),
    )
    const lanes = new Lanes(laneSource)
    const all = lendMany(lanes, 3)
    expect(await stateOf(all)).toEqual(['refused', 'refused', 'lent'])
  })

  test('a fault of ours is thrown, and no check waits forever', async () => {
    const lanes = new Lanes(new Source(1, () => Promise.reject(new TypeError('oh'))))
    const all = lendMany(lanes, 2)
    expect(await stateOf(all)).toEqual(['refused', 'refused'])
    await expect(all[1]).rejects.toBeInstanceOf(TypeError)
  })
})

function quota(allowed: number) {
  return (asked: number) =>
    asked <= allowed
      ? Promise.resolve(`lb-${asked}`)
      : Promise.reject(new Unarranged('The quota is used up.'))
}

describe('when a target allows fewer lanes than configured', () => {
  test('checks share the existing ones', async () => {
    const laneSource = new Source(4, quota(1))
    const lanes = new Lanes(laneSource)
    const all = Array.from({ length: 4 }, async () => {
      const { loadBalancer, release } = await lanes.lend()
      await aTurn()
      release(false)
      return loadBalancer
    })
    expect(await Promise.all(all)).toEqual(Array(4).fill('lb-1'))
  })

  test('no more are requested', async () => {
    const laneSource = new Source(4, quota(2))
    const lanes = new Lanes(laneSource)
    const first = await lanes.lend()
    await lanes.lend()
    const third = lanes.lend()
    expect(await stateOf([third])).toEqual(['waiting'])
    const fourth = lanes.lend()
    expect(await stateOf([fourth])).toEqual(['waiting'])
    expect(laneSource.asked).toBe(3)
    first.release(false)
    expect((await third).loadBalancer).toBe('lb-1')
  })

  test('a spoilt lane that cannot be replaced refuses all waiting checks', async () => {
    const laneSource = new Source(1, quota(1))
    const lanes = new Lanes(laneSource)
    const first = await lanes.lend()
    const waiting = lendMany(lanes, 2)
    first.release(true)
    expect(await stateOf(waiting)).toEqual(['refused', 'refused'])
  })
})

describe('closing', () => {
  test('deletes every load balancer that was created, also spoilt ones', async () => {
    const laneSource = new Source(2)
    const lanes = new Lanes(laneSource)
    const [first, second] = [await lanes.lend(), await lanes.lend()]
    first.release(true)
    second.release(false)
    expect(await lanes.close()).toEqual([])
    expect(laneSource.destroyed.toSorted()).toEqual(['lb-1', 'lb-2'])
  })

  test('reports what is left, and deletes the others', async () => {
    const laneSource = new Source(3)
    laneSource.destroy = (loadBalancer) => {
      if (loadBalancer === 'lb-2') return Promise.reject(new Error('lb-2 is still there.'))
      laneSource.destroyed.push(loadBalancer)
      return Promise.resolve()
    }
    const lanes = new Lanes(laneSource)
    await Promise.all([lanes.lend(), lanes.lend(), lanes.lend()])
    expect(await lanes.close()).toEqual(['lb-2 is still there.'])
    expect(laneSource.destroyed.toSorted()).toEqual(['lb-1', 'lb-3'])
  })

  test('waits for no deletion before it begins the next', async () => {
    const laneSource = new Source(3)
    const lanes = new Lanes(laneSource)
    await Promise.all([lanes.lend(), lanes.lend(), lanes.lend()])
    const ends: (() => void)[] = []
    laneSource.destroy = () =>
      new Promise((resolve) => {
        ends.push(resolve)
        if (ends.length === 3) for (const end of ends) end()
      })
    expect(await lanes.close()).toEqual([])
  })

  test('deletes nothing when nothing was created', async () => {
    const laneSource = new Source(3)
    expect(await new Lanes(laneSource).close()).toEqual([])
    expect(laneSource.destroyed).toEqual([])
  })
})

describe('a load balancer that is created and never becomes ready', () => {
  test('is refused, and deleted at the end', async () => {
    const laneSource = new Source(1)
    laneSource.stuck = ['lb-1']
    const lanes = new Lanes(laneSource)
    expect(await messageOf(lanes.lend())).toBe('lb-1 did not settle.')
    await lanes.close()
    expect(laneSource.destroyed).toEqual(['lb-1'])
  })
})

test('there are more once the target turns out to be slow: all that wait get one', async () => {
  const source = new Source(1)
  const lanes = new Lanes(source)
  const [first, ...others] = lendMany(lanes, 4)
  expect(await stateOf(others)).toEqual(['waiting', 'waiting', 'waiting'])
  source.allowed = 3
  const lane = await first
  lane?.release(false)
  expect(await stateOf(others)).toEqual(['lent', 'lent', 'lent'])
  expect(source.asked).toBe(3)
})
