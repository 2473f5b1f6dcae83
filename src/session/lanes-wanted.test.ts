import { expect, test } from 'vitest'
import { referenceEnvironment, referenceTarget } from '../reference/embedded.ts'
import { elbReference } from '../reference/elb/reference.ts'
import type { Target } from '../target.ts'
import { directWire } from '../wire/wire.ts'
import { lanesWanted } from './lanes-wanted.ts'
import { openSession } from './session.ts'

function sessionWith(limits: Target['limits']) {
  const target = referenceTarget('elb', 'http://reference.invalid', { asynchronousMilliseconds: 0 })
  const own = { ...target, limits: { ...limits } }
  const around = { wire: directWire(elbReference()), environment: referenceEnvironment }
  return openSession(own, { id: '0', seed: 1 }, around)
}

test('a target that answers at once gets four lanes', () => {
  const session = sessionWith({})
  session.found.sawSettling(100)
  session.reads.saw(100)
  expect(lanesWanted(session)).toBe(4)
})

test('one whose writes settle slowly, or whose reads are late, gets more, the slower the more', () => {
  const [settling, lagging, slow] = [sessionWith({}), sessionWith({}), sessionWith({})]
  settling.found.sawSettling(700)
  lagging.reads.saw(900)
  slow.found.sawSettling(2_000)
  const locked = sessionWith({})
  locked.connection.sawLock?.(1_900)
  expect([settling, lagging, slow, locked].map((one) => lanesWanted(one))).toEqual([12, 12, 24, 24])
})

test('the target file has the last word', () => {
  const session = sessionWith({ lanes: 2 })
  session.found.sawSettling(2_000)
  expect(lanesWanted(session)).toBe(2)
})
