/**
 * Signature version 3 of `slb` sends the action in the header `x-acs-action`, and HTTP takes blanks off the ends of a
 * header: no check may ask for a refusal of what cannot arrive.
 */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { folderForTest } from '../documents/folder-for-test.ts'
import { everyEnvironment } from '../reference/credential-kinds.ts'
import { referenceTarget } from '../reference/embedded.ts'
import { listen } from '../reference/server.ts'
import { slbReference } from '../reference/slb/index.ts'
import { readReport } from '../report/read-report.ts'
import { started } from './started-program.ts'

test('what is asked in the place of an action arrives as it was sent', async () => {
  const folder = folderForTest('action')
  const server = slbReference()
  const arrived: string[] = []
  const handle: typeof server.handle = (request) => {
    arrived.push(request.headers['x-acs-action'] ?? 'none')
    return server.handle(request)
  }
  const { endpoint, close } = await listen({ ...server, handle })
  onTestFinished(close)
  const target = referenceTarget('slb', endpoint, { asynchronousMilliseconds: 0 })
  const auth = { ...target.auth, signature: 'ACS3-HMAC-SHA256' }
  writeFileSync(join(folder, 'target.json'), JSON.stringify({ ...target, auth }))
  const operations = ['remove-backend-servers', 'remove-vserver-group-backend-servers']
  const only = operations.flatMap((one) => ['--only', `slb/${one}/request.Action.const`])
  const words = ['run', '-t', 'target.json', '--report', 'out', ...only]
  const { exitCode } = await started(words, { folder, environment: everyEnvironment })
  expect(exitCode).toBe(0)
  const { findings } = await readReport(join(folder, 'out'), expect.unreachable)
  const asked = findings.flatMap(({ evidence }) =>
    evidence.filter(({ purpose }) => purpose === 'ask'),
  )
  // Evidence shows a call as it was meant, with the action in the address.
  const meant = asked.map(({ request }) => new URL(request.url).searchParams.get('Action') ?? '')
  // Six other names, and the right one for each operation.
  expect(new Set(meant).size).toBe(8)
  expect(meant.filter((action) => !arrived.includes(action))).toEqual([])
})
