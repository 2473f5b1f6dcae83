import { describe, expect, test } from 'vitest'
import { suites } from '../suites/index.ts'
import type { Dialect } from './model.ts'
import { checks, complaints, examine, type Specimen } from './prove.ts'
import { elbMutants } from './reference/elb/mutants.ts'
import { elbReference, type ElbReferenceOptions } from './reference/elb/reference.ts'
import { elbVariants } from './reference/elb/variants.ts'
import { referenceEnvironment, referenceTarget } from './reference/embedded.ts'
import type { Reference } from './reference/server.ts'
import {
  slbMutants,
  slbReference,
  slbVariants,
  type SlbReferenceOptions,
} from './reference/slb/index.ts'

/** Long enough to be seen as settling, short enough for many writes. */
const asynchronousMilliseconds = 15

function specimen(dialect: Dialect, server: Reference, settles = 0): Specimen {
  const target = referenceTarget(dialect, 'http://reference.invalid', {
    asynchronousMilliseconds: settles,
  })
  const limits = { ...target.limits, patienceSeconds: 5, settleSeconds: 5, pollSeconds: 0.02 }
  return { server, target: { ...target, limits }, environment: referenceEnvironment }
}

const elb = (options: ElbReferenceOptions = {}) =>
  specimen('elb', elbReference(options), options.asynchronousMilliseconds)
const slb = (options: SlbReferenceOptions = {}) =>
  specimen('slb', slbReference(options), options.asynchronousMilliseconds)

/** The same, when its operator has declared nothing: what is not known has to be found out. */
function undeclared({ target, ...rest }: Specimen): Specimen {
  const { profile: _declared, ...silent } = target
  return { ...rest, target: silent }
}

describe('the reference', () => {
  test.each([
    ['elb', elb()],
    ['elb, asynchronous', elb({ asynchronousMilliseconds })],
    ['slb', slb()],
    ['slb, asynchronous', slb({ asynchronousMilliseconds })],
  ])('%s keeps every requirement, and nothing is left on it', async (_name, one) => {
    const examined = await examine(one, suites)
    expect(complaints(examined)).toEqual([])
    expect(examined.leftovers).toEqual([])
    expect(examined.held).toEqual({})
    expect(examined.outcomes.size).toBeGreaterThan(0)
  })
})

describe('nothing fails on a lawful variant', () => {
  test.each(elbVariants.map((variant) => [variant.id, variant] as const))(
    'elb %s',
    async (_id, { change }) => {
      expect(complaints(await examine(undeclared(elb({ change })), suites))).toEqual([])
    },
  )

  test.each(slbVariants.map((variant) => [variant.id, variant] as const))(
    'slb %s',
    async (_id, { change }) => {
      expect(complaints(await examine(undeclared(slb({ change })), suites))).toEqual([])
    },
  )
})

describe('every mutant is killed by the check of the requirement it breaks', () => {
  test.each(elbMutants.map((mutant) => [mutant.id, mutant] as const))(
    'elb %s',
    async (_id, { breaks, mutate }) => {
      const settles = breaks === 'elb/update-pool/active-only.natural-window'
      const one = elb({
        change: mutate,
        asynchronousMilliseconds: settles ? asynchronousMilliseconds : 0,
      })
      expect(await cameOf(one, breaks)).toBe('broken')
    },
  )

  test.each(slbMutants.map((mutant) => [mutant.id, mutant] as const))(
    'slb %s',
    async (_id, { breaks, mutate }) => {
      expect(await cameOf(slb({ change: mutate }), breaks)).toBe('broken')
    },
  )
})

test('every check kills at least one mutant', () => {
  const broken = new Set([...elbMutants, ...slbMutants].map(({ breaks }) => breaks))
  const idle = checks(suites, (id) => !broken.has(id)).map(({ requirement }) => requirement.id)
  expect(idle).toEqual([])
})

/** `broken`, or a sentence that says what came instead. */
async function cameOf(one: Specimen, breaks: string): Promise<string> {
  const { outcomes } = await examine(one, suites, (id) => id === breaks)
  const outcome = outcomes.get(breaks)
  if (!outcome) return `No check asks for ${breaks}.`
  const { thrown } = outcome
  if (!thrown) return `${breaks} passed.`
  return thrown.family === 'broken' ? 'broken' : `${thrown.family}: ${thrown.message}`
}
