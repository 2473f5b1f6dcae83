import { expect, test } from 'vitest'
import type { VariantInfo } from './known-servers.ts'
import { emptyResult, type Trial } from './trial.ts'
import { askVariants, type Ask } from './variant-trials.ts'

const ids = ['a', 'b', 'c', 'd', 'e', 'f']

/** Six servers; `a` is on one of them only, every other reading on three. */
const servers = [
  ['a', 'b', 'c'],
  ['d', 'e', 'f'],
  ['b', 'd', 'f'],
  ['c', 'e'],
  ['b', 'e', 'f'],
  ['c', 'd'],
]

const variants: VariantInfo[] = [
  ...[...ids, 'written-otherwise', 'written-late'].map((id) => variant(id)),
  ...servers.map((parts, index) => ({ ...variant(`together-${index}`), parts })),
]

function variant(id: string): VariantInfo {
  return { dialect: 'elb', id, allowedBy: 'The page is silent.' }
}

const checks = Array.from({ length: 40 }, (_, index) => `elb/update-pool/check-${index}`)

/** Answers like a server that keeps every requirement, but for the questions that it does not take. */
function asking(unput: Readonly<Record<string, readonly string[]>> = {}): {
  ask: Ask
  trials: Map<string, Trial>
} {
  const trials = new Map<string, Trial>()
  const ask: Ask = (subjects, trialOf) =>
    Promise.all(
      subjects.map(async (subject) => {
        const trial = trialOf(subject)
        const { id } = subject as VariantInfo & object
        if (trial) trials.set(id, trial)
        const asked = (trial?.kind === 'variant' && trial.checks) || []
        const refused = asked.filter((check) => unput[id]?.includes(check))
        return Promise.resolve({ subject, result: { ...emptyResult, unput: refused } })
      }),
    )
  return { ask, trials }
}

const checksOf = (trial: Trial | undefined) =>
  trial?.kind === 'variant' ? trial.checks : undefined

test('every check is asked of every reading on two servers, or on the only one that it is on', async () => {
  const { ask, trials } = asking()
  await askVariants(ask, variants, checks, false)
  const where = (check: string, part: string) =>
    servers.filter(
      (parts, index) =>
        parts.includes(part) && checksOf(trials.get(`together-${index}`))?.includes(check),
    ).length
  for (const check of checks) {
    expect(where(check, 'a')).toBe(1)
    for (const part of ids.slice(1)) expect(where(check, part)).toBeGreaterThanOrEqual(2)
  }
})

test('a question that no server of a reading takes is put to the reading alone', async () => {
  const [check = ''] = checks
  const { ask, trials } = asking({ 'together-0': [check] })
  await askVariants(ask, variants, checks, false)
  expect(checksOf(trials.get('a'))).toEqual([check])
  expect(trials.has('b')).toBe(false)
})

test('of what only writes answers otherwise a sixth is asked, of each another', async () => {
  const { ask, trials } = asking()
  await askVariants(ask, variants, checks, false)
  const [one = [], other = []] = ['written-otherwise', 'written-late'].map((id) =>
    checksOf(trials.get(id)),
  )
  expect([one.length, other.length]).toEqual([7, 7])
  expect(one.filter((check) => other.includes(check))).toEqual([])
})

test('asked to leave nothing out, it asks each alone as well', async () => {
  const { ask, trials } = asking()
  await askVariants(ask, variants, checks, true)
  expect(variants.map(({ id }) => checksOf(trials.get(id)))).toEqual(variants.map(() => undefined))
  expect(trials.size).toBe(variants.length)
})
