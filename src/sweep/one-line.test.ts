/** A line feed in a name of the target's begins no line of ours. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { started } from '../commands/started-program.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { elbReference } from '../reference/elb/reference.ts'
import { listen } from '../reference/server.ts'
import { sweepText } from './wording.ts'

const environment = { T: 'tQ7xw4ixOnAhuc8J' }
const fake = 'theirs\n::error::x\r\npoolproof: all is well\u2028\u001b[2J'
const shown = String.raw`theirs \u003a:error::x poolproof: all is well\u2028\u001b[2J`

/** The target file of a server on which somebody has a load balancer of that name. */
async function besideOthers(folder: string): Promise<void> {
  const { endpoint, close } = await listen(elbReference())
  onTestFinished(close)
  await fetch(`${endpoint}/v2.0/lbaas/loadbalancers`, {
    method: 'POST',
    headers: { 'X-Auth-Token': environment.T },
    body: JSON.stringify({ loadbalancer: { name: fake, vip_subnet_id: 's' } }),
  })
  const target = referenceTarget('elb', endpoint, { asynchronousMilliseconds: 0 })
  const document = { ...target, auth: { token: { env: 'T' } } }
  writeFileSync(join(folder, 'target.json'), JSON.stringify(document))
}

test.each([
  ['run', ['run', '--only', 'elb/delete-pool/status-204', '--report', 'out']],
  ['plan', ['plan', '--probe', '--only', 'elb/delete-pool/status-204']],
])('%s says in one line whose load balancers are there', async (_command, words) => {
  const folder = folderForTest('one-line')
  await besideOthers(folder)
  const ended = await started([...words, '--target', 'target.json'], { folder, environment })
  expect([ended.exitCode, ended.stderr.split('\n')]).toEqual([
    2,
    [expect.stringContaining(`that no run made: ${shown}. A run would`), ''],
  ])
})

test('each thing that a sweep leaves is one line', () => {
  const result = { target: 't', removed: [fake], left: [fake], notOurs: [fake], doubted: [fake] }
  const [last = '', ...lines] = sweepText({ ...result, going: [] })
    .trimEnd()
    .split('\n')
    .toReversed()
  expect(lines.toReversed()).toEqual([
    `removed ${shown}`,
    `LEFT    ${shown}`,
    `NOT BELIEVED: ${shown}`,
    `not touched: ${shown}`,
  ])
  expect(last).toBe('t: 1 removed, 1 left, 1 not believed, 1 not touched.')
})
