/** What `prove` does not show of the mutants and variants: that each is well formed. */

import { describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck } from '../check/check.ts'
import { selects } from '../check/select.ts'
import { knownServers } from './known-servers.ts'
import { lawfulTraffic } from './data-plane/rules.ts'
import { elbBehaviour, elbMutants, elbVariants } from './elb/index.ts'
import type { Change } from './mutant.ts'
import type { Behaviour } from './rule.ts'
import { slbBehaviour, slbMutants, slbVariants } from './slb/index.ts'

const { mutants, variants } = knownServers
const known = new Set([...mutants, ...variants].map(({ dialect }) => dialect))

const checked = new Set(
  suites
    .flatMap(({ entries }) => entries)
    .filter((entry) => isCheck(entry))
    .map(({ requirement }) => requirement.id),
)

describe.each([...known])('the mutants and variants of %s', (dialect) => {
  const ids = [...mutants, ...variants].filter((one) => one.dialect === dialect).map(({ id }) => id)

  test('have unique ids, in kebab-case', () => {
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(ids.filter((id) => !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id))).toEqual([])
  })
})

test('every mutant breaks a requirement of its dialect that has a check', () => {
  const wrong = mutants.filter(
    ({ dialect, breaks }) => !breaks.startsWith(`${dialect}/`) || !checked.has(breaks),
  )
  expect(wrong.map(({ id, breaks }) => `${id} breaks ${breaks}`)).toEqual([])
})

test('what cannot be asked of a variant are requirements that there are', () => {
  const lost = variants.flatMap(({ id, unasked = [] }) =>
    unasked.filter((prefix) => ![...checked].some((one) => selects(prefix, one))).map(() => id),
  )
  expect(lost).toEqual([])
})

test('every story, and every reason for a variant, is a sentence', () => {
  const sentences = [
    ...mutants.map(({ id, story }) => [id, story] as const),
    ...variants.map(({ id, allowedBy }) => [id, allowedBy] as const),
  ]
  expect(sentences.filter(([, text]) => !/^\S.*[.!?]$/s.test(text))).toEqual([])
})

/**
 * Applies a change to a frozen copy of a behaviour. It throws when the change writes to what all
 * servers share, or changes a rule that does not exist.
 */
function changes<Store>(behaviour: Behaviour<Store>, change: Change<Store>): boolean {
  const rules = Object.freeze(behaviour.rules.map((rule) => Object.freeze({ ...rule })))
  const effects = Object.freeze(behaviour.effects.map((effect) => Object.freeze({ ...effect })))
  const changed = change(Object.freeze({ rules, effects }))
  const isDecided = !same(
    Object.values(lawfulTraffic),
    Object.values(changed.traffic ?? lawfulTraffic),
  )
  return isDecided || !same(rules, changed.rules) || !same(effects, changed.effects)
}

function same(before: readonly unknown[], after: readonly unknown[]): boolean {
  return before.length === after.length && before.every((one, index) => one === after[index])
}

test('every change changes a server, and only its own', () => {
  const unchanged = [
    ...elbMutants.filter(({ mutate }) => !changes(elbBehaviour, mutate)),
    ...elbVariants.filter(({ change }) => !changes(elbBehaviour, change)),
    ...slbMutants.filter(({ mutate }) => !changes(slbBehaviour, mutate)),
    ...slbVariants.filter(({ change }) => !changes(slbBehaviour, change)),
  ]
  expect(unchanged.map(({ id }) => id)).toEqual([])
})
