/** A load balancer that is lent by its id in other case than the target shows it. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { started } from '../commands/started-program.ts'
import { elbRequest } from '../dialects/elb.ts'
import { folderForTest } from '../documents/folder-for-test.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { directWire } from '../wire/wire.ts'

const options = { asynchronousMilliseconds: 0 }
const uuid = /[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/gi

test('elb: is to be written as it is shown, and nothing is asked before', async () => {
  const server = reference('elb', options)
  const loadbalancer = { name: 'theirs', vip_subnet_id: 's' }
  const send = operator('elb', directWire(server))
  const made = await send(elbRequest('POST', '/loadbalancers', { loadbalancer }))
  const { id } = made['loadbalancer'] as { id: string }
  const { endpoint, close } = await listen({
    ...server,
    handle: (request) => {
      const url = request.url.replaceAll(uuid, (one) => one.toLowerCase())
      const answer = server.handle({ ...request, url })
      return { ...answer, body: answer.body.replaceAll(uuid, (one) => one.toUpperCase()) }
    },
  })
  onTestFinished(close)
  const folder = folderForTest('lent-as-shown')
  const plain = referenceTarget('elb', endpoint, options)
  const lending = async (loadBalancerId: string) => {
    const target = { ...plain, given: { ...plain.given, loadBalancerId } }
    writeFileSync(join(folder, 'target.json'), JSON.stringify(target))
    const only = ['--only', 'elb/delete-pool/status-204']
    const words = ['run', '--target', 'target.json', '--report', 'out', ...only]
    return started(words, { folder, environment: referenceEnvironment })
  }
  const { exitCode, stderr, stdout } = await lending(id)
  expect(exitCode).toBe(2)
  expect(`${stdout}${stderr}`).toContain(
    `shows the load balancer ${id} with the id ${id.toUpperCase()}`,
  )
  expect(server.inventory()).toMatchObject({ pools: 0 })
})
