import { describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { UsageError } from '../model.ts'
import { checkPins, unpinned } from './expected-readings.ts'
import type { ElbTarget } from '../target.ts'

function pinning(readings: Readonly<Record<string, string>>): ElbTarget {
  return {
    name: 'staging',
    dialect: 'elb',
    endpoint: 'http://127.0.0.1',
    auth: { token: { env: 'TOKEN' } },
    given: { subnetId: 's', addresses: ['192.0.2.10'] },
    readings,
  }
}

const repeated = 'elb/delete-pool/repeated'

describe('a pin', () => {
  test('of a reading that there is, is taken', () => {
    const [name = ''] = Object.keys(requirementOf(repeated).readings ?? {})
    expect(() => checkPins([pinning({ [repeated]: name })], suites)).not.toThrow()
  })

  test.each([
    [{ 'elb/delete-pool/repeatd': 'x' }, `Did you mean ${repeated}?`],
    [{ 'elb/delete-pool/members-first': 'x' }, 'is no requirement with readings'],
    [{ 'elb/update-pool/null-name': 'refusd' }, 'Did you mean "refused"?'],
    [{ 'slb/remove-backend-servers/post': 'accepted' }, 'is no requirement with readings'],
  ])('%o is a mistake of the file', (readings, sentence) => {
    const check = () => checkPins([pinning(readings)], suites)
    expect(check).toThrow(UsageError)
    expect(check).toThrow(sentence)
  })
})

describe('a reading that was seen', () => {
  const requirement = requirementOf('elb/update-pool/null-name')

  test('is right where none is pinned, or this one, and where none was seen', () => {
    expect(unpinned('refused', undefined, requirement)).toBeUndefined()
    expect(unpinned('refused', 'refused', requirement)).toBeUndefined()
    expect(unpinned(undefined, 'refused', requirement)).toBeUndefined()
  })

  test('is wrong where another is pinned, and both are named', () => {
    expect(unpinned('emptied', 'refused', requirement)).toBe(
      'The target file pins the reading "refused" (null is refused.), and the target follows "emptied" ' +
        '(null empties the name.). Mend the target, or pin elb/update-pool/null-name to "emptied".',
    )
  })
})

function requirementOf(id: string) {
  const found = suites
    .flatMap(({ entries }) => entries)
    .find(({ requirement }) => requirement.id === id)
  if (!found) throw new Error(`No requirement is called ${id}.`)
  return found.requirement
}
