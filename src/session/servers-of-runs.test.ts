import { expect, test } from 'vitest'
import { absentServerId } from '../session/run-names.ts'
import { isServerOfRuns } from './servers-of-runs.ts'

const traffic = { entry: '127.0.0.1', servers: [{ serverId: 'i-3', address: '127.0.0.2' }] }
const given = { region: 'r', serverIds: ['i-1'], eniIds: ['eni-2'], traffic }

test.each([
  ['i-1', true],
  ['eni-2', true],
  ['i-3', true],
  [absentServerId({ id: '0a1b2c3d', seed: 1 }, 7), true],
  ['i-10', false],
  ['I-1', false],
  ['', false],
])('%s: %s', (id, expected) => {
  expect(isServerOfRuns(id, given)).toBe(expected)
})
