import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'vitest'
import { suites } from '../suites/index.ts'
import { perform } from '../src/check/perform.ts'
import { Lanes } from '../src/check/lanes.ts'
import type { Dialect } from '../src/model.ts'
import { checks } from '../src/prove/examine.ts'
import { reference, referenceEnvironment, referenceTarget } from '../src/reference/embedded.ts'
import { openSession } from '../src/session/session.ts'
import { directWire, type Wire } from '../src/wire/wire.ts'

const latency = 50

test.each(['elb', 'slb'] as const)('%s at 50 ms, by lanes', async (dialect) => {
  for (const lanes of [1, 4, 16]) console.log(await measured(dialect, lanes))
})

/** Asks every check over a wire that delays each exchange by 50 ms. */
async function measured(dialect: Dialect, most: number): Promise<string> {
  const server = reference(dialect, { asynchronousMilliseconds: 0 })
  const target = referenceTarget(dialect, 'http://reference.invalid', {
    asynchronousMilliseconds: 0,
  })
  let exchanges = 0
  const direct = directWire(server)
  const wire: Wire = async (request, signal) => {
    exchanges += 1
    await pause(latency)
    return direct(request, signal)
  }
  const session = openSession({ ...target, limits: { lanes: most } }, run, {
    wire,
    environment: referenceEnvironment,
    setProvisioningStatus: (id, status) => {
      server.setProvisioningStatus(id, status)
      return Promise.resolve()
    },
  })
  const own = suites.filter((suite) => suite.dialect === dialect)
  const fixtures = own[0]?.fixtures
  if (!fixtures) throw new Error(`No suite speaks ${dialect}.`)
  const pool = new Lanes(fixtures.laneSource(session, () => undefined))
  const started = performance.now()
  await Promise.all(checks(own, () => true).map((check) => perform(check, fixtures, session, pool)))
  const took = performance.now() - started
  const ideal = (exchanges * latency) / most
  return `${dialect}, ${most} lanes: ${exchanges} exchanges in ${(took / 1000).toFixed(1)} s; ratio to exchanges × latency ÷ lanes ${(took / ideal).toFixed(2)}`
}

const run = { id: '00000000', seed: 1 }
