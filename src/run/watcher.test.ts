import type { TestCase } from 'vitest/node'
import { expect, test } from 'vitest'
import type { Walked } from '../check/take-walk.ts'
import { Watcher } from './watcher.ts'

const progress = { ended: () => undefined, warned: () => undefined }

function walkTest(number: number, walked: Partial<Walked>): TestCase {
  const meta = { target: 'staging', walked: { number, steps: 1, requests: 2, ...walked } }
  return { name: `walk ${number}`, meta: () => meta } as unknown as TestCase
}

test('a walk that vitest tells of several times counts once, with what it left', () => {
  const watcher = new Watcher(progress, 0)
  const interrupted = walkTest(1, { unfinished: 'Interrupted.', leftovers: ['pools a'] })
  for (const one of [interrupted, interrupted, walkTest(2, { leftovers: [] }), interrupted]) {
    watcher.onTestCaseResult(one)
  }
  expect(watcher.walked.map(({ number }) => number)).toEqual([1, 2])
  expect(watcher.leftovers).toEqual(['pools a'])
})
