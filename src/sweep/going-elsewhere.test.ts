/** A run whose journal is in another directory than the one that a sweep is given. */

import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { started } from '../commands/started-program.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { elbRequest } from '../dialects/elb.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { noteRun } from '../session/runs-in-progress.ts'
import { directWire } from '../wire/wire.ts'
import { sweepTarget } from './sweep-target.ts'

const options = { asynchronousMilliseconds: 0 }
const run = '0a1b2c3d'

test('keeps a second one from a load balancer of slb that is lent to both', async () => {
  const server = reference('slb', options)
  const { endpoint, close } = await listen(server)
  onTestFinished(close)
  const running = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  })
  onTestFinished(() => void running.kill())
  const itsProcess = { id: running.pid ?? 0, host: hostname() }
  onTestFinished(noteRun(run, 'a', { endpoint, lent: 'lb-lent', process: itsProcess }))
  const folder = folderForTest('going-elsewhere')
  const plain = referenceTarget('slb', endpoint, options)
  const runOn = async (loadBalancerId: string) => {
    const target = { ...plain, given: { ...plain.given, loadBalancerId } }
    writeFileSync(join(folder, 'target.json'), JSON.stringify(target))
    const only = ['--only', 'slb/remove-backend-servers/repeated']
    const words = ['run', '--target', 'target.json', '--report', loadBalancerId, ...only]
    return started(words, { folder, environment: referenceEnvironment })
  }
  const { exitCode, stderr } = await runOn('lb-lent')
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/The run 0a1b2c3d is in progress/)])
  expect((await runOn('lb-other')).stderr).not.toContain('in progress')
})

test('is left alone while it is in progress, and swept when it is over', async () => {
  const server = reference('elb', options)
  const { endpoint, close } = await listen(server)
  onTestFinished(close)
  const loadbalancer = { name: `poolproof-${run}-lb-1`, vip_subnet_id: 's' }
  await operator('elb', directWire(server))(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const running = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
    stdio: 'ignore',
  })
  onTestFinished(() => void running.kill())
  const itsProcess = { id: running.pid ?? 0, host: hostname() }
  const forget = noteRun(run, 'reference-elb', { endpoint, process: itsProcess })
  onTestFinished(forget)
  const folder = folderForTest('going-elsewhere')
  const target = join(folder, 'target.json')
  const limits = { pollSeconds: 0.01 }
  writeFileSync(target, JSON.stringify({ ...referenceTarget('elb', endpoint, options), limits }))
  const sweeping = () =>
    sweepTarget({ target, journal: join(folder, 'none') }, referenceEnvironment)

  expect(await sweeping()).toMatchObject({ removed: [], going: [run] })
  expect(server.inventory()).toMatchObject({ loadBalancers: 1 })
  forget()
  expect(await sweeping()).toMatchObject({ removed: [expect.stringContaining(run)], going: [] })
})
