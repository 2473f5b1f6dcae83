import { AssertionError } from 'node:assert'
import { describe, expect, test } from 'vitest'
import {
  Denied,
  NoAnswer,
  Unarranged,
  type Circumstances,
  type Requirement,
  type Varies,
} from '../model.ts'
import { askUnderAll, seenOnce, type Asked, type End } from './derivations.ts'

const varies: Varies = {
  factors: [
    { name: 'protocol', values: { HTTP: 'it is an HTTP pool', TCP: 'it is a TCP pool' } },
    { name: 'members', values: { none: 'it has no members', two: 'it has two members' } },
  ],
}

const requirement: Requirement = {
  id: 'elb/delete-pool/status-204',
  level: 'must',
  text: 'A deletion is answered 204.',
  source: 'Deleting a Backend Server Group',
  varies,
}

const failure = (): End => ({ error: new AssertionError({ message: 'It answered 200.' }) })

/** The message of a check that failed once under unusual circumstances, and then ended as given. */
async function messageAfter(end: (circumstances: Circumstances) => End): Promise<string> {
  const asked: Asked[] = []
  const ask = (circumstances: Circumstances): Promise<Asked> => {
    const one = asked.length === 0 ? failure() : end(circumstances)
    asked.push({ end: one, exchanges: [], leftovers: [], circumstances, broken: [] })
    return Promise.resolve(asked.at(-1)!)
  }
  for (let seed = 1; seed <= 20; seed += 1) {
    asked.length = 0
    const found = await askUnderAll(requirement, { seed }, { reduce: true }, ask)
    if (asked.length > 1 && 'error' in found.end) return (found.end.error as Error).message
  }
  throw new Error('No seed draws unusual circumstances.')
}

function failingWithTwo({ members }: Circumstances): End {
  return members === 'two' ? failure() : { reading: undefined }
}

test('a failure names the circumstances with which it failed again and without which it passed', async () => {
  expect(await messageAfter(failingWithTwo)).toBe(
    'It answered 200. It failed again when it has two members, and passed when any of that was left out.',
  )
})

test('a failure that does not come again is not laid to its circumstances', async () => {
  const message = await messageAfter(() => ({ reading: undefined }))
  expect(message).toMatch(
    /It failed when .*, and passed when repeated in the same circumstances\.$/,
  )
})

test('it is not said to pass without them when asking with fewer of them decided nothing', async () => {
  const message = await messageAfter(() => ({ error: new NoAnswer('It did not answer.') }))
  expect(message).toMatch(/It failed when .*is not known/)
  expect(message).not.toContain('passed')
})

const answered = { status: 403, headers: [], text: '', body: {} }

test.each([
  ['refuses', new Unarranged('A backend server could not be created.')],
  ['does not let this user make', new Denied('The credentials lack a right.', answered)],
])('what is unusual and a target %s keeps no question from being put', async (_, error) => {
  const ask = (circumstances: Circumstances): Promise<Asked> => {
    const end: End = circumstances['members'] === 'two' ? { error } : { reading: 'seen' }
    return Promise.resolve({ end, exchanges: [], leftovers: [], circumstances, broken: [] })
  }
  for (let seed = 1; seed <= 20; seed += 1) {
    const { end } = await askUnderAll(requirement, { seed }, { reduce: true }, ask)
    expect(end).toEqual({ reading: 'seen' })
  }
})

/** How a check ends that fails first and then ends as given. */
async function endAfter(second: End, isUnsteady: () => boolean) {
  let times = 0
  const ask = (circumstances: Circumstances): Promise<Asked> => {
    times += 1
    const end = times === 1 ? failure() : second
    const leftovers = [`left ${times}`]
    return Promise.resolve({ end, exchanges: [], leftovers, circumstances, broken: [] })
  }
  const { varies: _none, ...plain } = requirement
  const found = await askUnderAll(plain, { seed: 1 }, { reduce: true, isUnsteady }, ask)
  return { end: found.end, leftovers: found.leftovers, times }
}

const yes = () => true

describe('on a target that is not steady', () => {
  test('a failure that does not come again is undecided, and everything that was left is told', async () => {
    const { end, leftovers, times } = await endAfter({ reading: undefined }, yes)
    expect('error' in end && end.error).toBeInstanceOf(Unarranged)
    expect('error' in end && (end.error as Error).message).toBe(`${seenOnce}It answered 200.`)
    expect([leftovers, times]).toEqual([['left 1', 'left 2'], 2])
  })

  test('one that comes again is a failure, and so is every one on a steady target', async () => {
    for (const [second, isUnsteady] of [
      [failure(), yes],
      [{ reading: undefined }, () => false],
    ] as const) {
      const { end } = await endAfter(second, isUnsteady)
      expect('error' in end && end.error).toBeInstanceOf(AssertionError)
    }
  })

  test('a question that is not decided the second time leaves the failure', async () => {
    const { end } = await endAfter({ error: new Unarranged('No pool.') }, yes)
    expect('error' in end && end.error).toBeInstanceOf(AssertionError)
  })
})
