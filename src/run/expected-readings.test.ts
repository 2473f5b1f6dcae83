import { describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { UsageError } from '../model.ts'
import { checkPins, pinMismatch, thrownAt } from './expected-readings.ts'
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
  test('of an existing reading is accepted', () => {
    const [name = ''] = Object.keys(requirementOf(repeated).readings ?? {})
    expect(() => checkPins([pinning({ [repeated]: name })], suites)).not.toThrow()
  })

  test.each([
    [{ 'elb/delete-pool/repeatd': 'x' }, `Did you mean ${repeated}?`],
    [{ 'elb/delete-pool/members-first': 'x' }, 'no requirement with readings has this id'],
    [{ 'elb/update-pool/null-name': 'refusd' }, 'Did you mean "refused"?'],
    [{ 'slb/remove-backend-servers/post': 'accepted' }, 'no requirement with readings has this id'],
  ])('%o is refused', (readings, sentence) => {
    const check = () => checkPins([pinning(readings)], suites)
    expect(check).toThrow(UsageError)
    expect(check).toThrow(sentence)
  })
})

describe('a reading that was seen', () => {
  const requirement = requirementOf('elb/update-pool/null-name')

  test('fits when none is pinned, when the same one is pinned, and when none was seen', () => {
    expect(pinMismatch('refused', undefined, requirement)).toBeUndefined()
    expect(pinMismatch('refused', 'refused', requirement)).toBeUndefined()
    expect(pinMismatch(undefined, 'refused', requirement)).toBeUndefined()
  })

  test('does not fit when another one is pinned, and both are named', () => {
    expect(pinMismatch('emptied', 'refused', requirement)).toBe(
      'The target file expects the reading "refused" (null is refused.), and the target follows "emptied" ' +
        '(null empties the name.). Change the target, or pin elb/update-pool/null-name to "emptied".',
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

describe('what Allure is shown', () => {
  const requirement = {
    id: repeated,
    readings: { refused: 'It is refused.', accepted: 'It is not.' },
  }
  const pinned = { readings: { [repeated]: 'refused' } }

  test('is a failure where another reading than the pinned one is followed', () => {
    const thrown = thrownAt({ reading: 'accepted' }, requirement, pinned)
    expect(thrown).toMatchObject({
      family: 'broken',
      message: expect.stringContaining('follows "accepted"') as string,
    })
  })

  test('is a pass where it is followed, or where nothing is pinned', () => {
    expect(thrownAt({ reading: 'refused' }, requirement, pinned)).toBeUndefined()
    expect(thrownAt({ reading: 'accepted' }, requirement, {})).toBeUndefined()
  })

  test('is what the check ended with, where it did not end well', () => {
    const thrown = { family: 'unasked', message: 'No answer.' } as const
    expect(thrownAt({ thrown }, requirement, pinned)).toBe(thrown)
  })
})
