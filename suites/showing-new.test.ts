import { expect, test } from 'vitest'
import { showingNew } from '../fixtures/showing-new.ts'
import type { Claim } from '../src/session/claim.ts'
import { ReadLag } from '../src/session/read-lag.ts'
import type { Session } from '../src/session/session.ts'

/** Surveys of which each shows these keys; the last is repeated. */
function surveying(
  surveys: readonly (readonly string[])[],
  claim: Partial<Claim> = {},
  lag = 60_000,
) {
  let taken = 0
  const reads = new ReadLag(lag)
  const session = {
    connection: { over: undefined },
    ownership: { claim: (key: string) => ({ key, state: 'new', ...claim }) },
    reads,
  } as unknown as Session
  const take = () => Promise.resolve(surveys[Math.min(taken++, surveys.length - 1)] ?? [])
  const shown = showingNew(session, take, (survey, key) => survey.includes(key))
  return { ...shown, reads, taken: () => taken }
}

test('a survey that does not show what was made is taken again, and the lag is learned', async () => {
  const { made, survey, reads, taken } = surveying([[], [], ['/pools/p-1']])
  made('/pools/p-1')
  expect(await survey()).toEqual(['/pools/p-1'])
  expect([taken(), reads.longest > 0]).toEqual([3, true])
})

test('one that shows it, what was removed, and what was awaited before, costs nothing more', async () => {
  for (const given of [
    surveying([['/pools/p-1'], []]),
    surveying([[]], { removalAccepted: true }),
    surveying([[]], { state: 'gone' }),
  ]) {
    given.made('/pools/p-1')
    await given.survey()
    expect(given.taken()).toBe(1)
    await given.survey()
    expect(given.taken()).toBe(2)
  }
})

test('where reads are never late, none is taken again', async () => {
  const { made, survey, taken } = surveying([[]], {}, 0)
  made('/pools/p-1')
  expect([await survey(), taken()]).toEqual([[], 1])
})
