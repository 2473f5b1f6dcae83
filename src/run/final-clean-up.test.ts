import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { operator } from '../../bench/operator.ts'
import { suites } from '../../suites/index.ts'
import { Lanes } from '../check/lanes.ts'
import { perform } from '../check/perform.ts'
import { slbCall } from '../dialects/slb.ts'
import { checks } from '../prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { openJournal } from '../session/journal.ts'
import { openSession } from '../session/session.ts'
import { directWire, type Wire } from '../wire/wire.ts'
import { finalCleanUp } from './final-clean-up.ts'

const run = { id: '0a1b2c3d', seed: 1 }
const options = { asynchronousMilliseconds: 0 }

test('slb: a load balancer of ours on which somebody else has put a group is left, and said to be', async () => {
  const server = reference('slb', options)
  const direct = directWire(server)
  const send = operator('slb', direct)
  const RegionId = 'cn-hangzhou'
  let LoadBalancerId: string | undefined
  const wire: Wire = async (request, deadline) => {
    const answer = await direct(request, deadline)
    const made = /"LoadBalancerId":"([^"]+)"/.exec(answer.text)?.[1]
    if (LoadBalancerId !== undefined || made === undefined) return answer
    LoadBalancerId = made
    const group = { RegionId, LoadBalancerId, VServerGroupName: 'theirs' }
    await send(slbCall('CreateVServerGroup', group))
    return answer
  }
  const folder = await mkdtemp(join(tmpdir(), 'poolproof-final-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const { hooks: _hooks, ...target } = referenceTarget('slb', 'http://reference.invalid', options)
  const { name, dialect, endpoint } = target
  const journal = openJournal(folder, { run: run.id, target: name, dialect, endpoint })
  const around = { wire, environment: referenceEnvironment, journal }
  const limits = { lanes: 1, pollSeconds: 0.001, settleSeconds: 0.01 }
  const session = openSession({ ...target, limits }, run, around)
  const own = suites.filter((suite) => suite.dialect === 'slb')
  const [{ fixtures }] = own as [(typeof own)[number]]
  const lanes = new Lanes(fixtures.laneSource(session, () => undefined))
  const meant = checks(own, (id) => id === 'slb/remove-vserver-group-backend-servers/empties')
  for (const check of meant) await perform(check, fixtures, session, lanes)
  const { leftovers } = await finalCleanUp(session, lanes)
  expect(server.inventory()).toMatchObject({ loadBalancers: 1, vserverGroups: 1 })
  expect(leftovers).toEqual([expect.stringContaining('(theirs), which no run made')])
})
