import { test } from 'vitest'
import { setUpSuites } from '../suites/index.ts'
import { examine } from './prove/examine.ts'
import { knownServers } from './reference/known-servers.ts'
import { isCheck } from './check/check.ts'
test('x', async () => {
 for (const d of ['elb','slb'] as const) {
  const t=performance.now()
  const server = await knownServers.reference(d, false)
  const r = await examine(server, setUpSuites)
  console.log(d, r.outcomes.size, 'ms', performance.now()-t, r.leftovers, r.held, 'unobservable', setUpSuites.filter(s=>s.dialect===d).flatMap(s=>s.entries).filter(e=>!isCheck(e)).length)
  for (const [id,o] of r.outcomes) if (o.thrown) console.log(id, o.thrown.family, o.thrown.message.slice(0,700))
  for (const [id,o] of r.outcomes) if (o.reading) console.log(id, o.reading)
 }
})
