import { expect, test } from 'vitest'
import type { LawfulResult, RequirementResult, Results } from './proof.ts'
import { shortcomingsOf } from './shortcomings.ts'

const proved: Results = {
  references: [],
  variants: [],
  mutants: [],
  pairs: { seed: 1, tried: 0, caught: 0, rightReason: 0, incompatible: 0, missed: [] },
  requirements: [],
  idleChecks: [],
  checksWithoutMutant: [],
}

function requirement(id: string, source: string, asked = true): RequirementResult {
  const mutants = ['deletes-all']
  return { id, level: 'must', text: `${source} says so.`, source, asked, mutants, kills: mutants }
}

test.each([
  ['checks', true],
  ['requirements, one of them not observable,', false],
])('an id that two %s have is named with both sources', (_, asked) => {
  const first = requirement('elb/delete-pool/members-first', 'Constraints')
  const second = requirement('elb/delete-pool/members-first', 'Function', asked)
  const other = requirement('elb/delete-pool/gone', 'Response')
  expect(shortcomingsOf({ ...proved, requirements: [first, other, second] }, [])).toEqual([
    '2 requirements have the id elb/delete-pool/members-first: "Constraints says so." (Constraints) and ' +
      '"Function says so." (Function). Give each an id of its own.',
  ])
  expect(shortcomingsOf({ ...proved, requirements: [first, other] }, [])).toEqual([])
})

function lawful(id: string, ...messages: readonly string[]): LawfulResult {
  const check = 'elb/delete-pool/gone'
  const failures = messages.map((message) => ({ check, family: 'broken' as const, message }))
  return { id, dialect: 'elb', asked: 1, failures, leftovers: [], held: {} }
}

test('what fails in the same way on the reference and on variants is one sentence', () => {
  const references = [lawful('plain', 'It is there.'), lawful('asynchronous', 'It is there.')]
  const variants = [
    lawful('a', 'It is there.'),
    lawful('b', 'It is late.', 'It is there.'),
    lawful('c'),
    lawful('d', 'It is late.'),
  ]
  expect(shortcomingsOf({ ...proved, references, variants }, [])).toEqual([
    'elb/delete-pool/gone fails on the reference (elb plain), the same on 1 other reference and 2 variants: It is there.',
    'elb/delete-pool/gone fails on a lawful variant (elb b), the same on 1 other variant: It is late.',
  ])
})

test('an id that each server draws for itself does not tell failures apart', () => {
  const ids = ['dd991268-6fe3-4367-8883-942e796f486b', '36b7c394-b49a-417b-bcfa-1c15c80bd046']
  const variants = ids.map((id) => lawful(`with-${id}`, `Pool ${id} is there.`))
  expect(shortcomingsOf({ ...proved, variants }, [])).toHaveLength(1)
})

test('what fails on one lawful server names that server only', () => {
  const shortcomings = shortcomingsOf({ ...proved, variants: [lawful('a', 'It is there.')] }, [])
  expect(shortcomings).toEqual([
    'elb/delete-pool/gone fails on a lawful variant (elb a): It is there.',
  ])
})
