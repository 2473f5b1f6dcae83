import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { suites } from './index.ts'
import { listing, type Listed } from '../src/commands/listing.ts'

/**
 * The 311 items of the requirement catalogues, by their numbers: the ids of the requirements that
 * stand for each, or why it was left out.
 */
const catalogue = JSON.parse(
  readFileSync(new URL('catalogue.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly string[] | string>>

const listed = new Map(listing(suites).map((one) => [one.id, one]))

type Outcome = 'checked' | 'reading' | 'unobservable' | 'left out' | 'lost'

/** An item is checked if anything of it can fail, and a reading if all that is asked of it is one. */
function outcomeOf(item: readonly string[] | string): Outcome {
  if (typeof item === 'string') return item.startsWith('left out: ') ? 'left out' : 'lost'
  const found = item.map((id) => listed.get(id)).filter((one): one is Listed => one !== undefined)
  if (found.length < item.length || item.length === 0) return 'lost'
  const asked = found.filter(({ checked }) => checked)
  if (asked.length === 0) return 'unobservable'
  return asked.some(({ level }) => level !== 'reading') ? 'checked' : 'reading'
}

describe('the requirement catalogues', () => {
  test('have 190 items for elb, and 57, 52 and 12 for slb', () => {
    const kinds = Object.keys(catalogue).map((item) => item.split(/[ -]/)[0])
    const count = (kind: string) => kinds.filter((one) => one === kind).length
    expect(['elb', 'RVG', 'RBS', 'COM'].map(count)).toEqual([190, 57, 52, 12])
    expect(kinds).toHaveLength(311)
  })

  test('name no requirement that `list` does not', () => {
    const lost = Object.entries(catalogue).filter(([, item]) => outcomeOf(item) === 'lost')
    expect(lost).toEqual([])
  })

  test('come to these outcomes', () => {
    const outcomes = Object.values(catalogue).map((item) => outcomeOf(item))
    const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length
    expect({
      checked: count('checked'),
      reading: count('reading'),
      unobservable: count('unobservable'),
      'left out': count('left out'),
    }).toMatchInlineSnapshot(`
      {
        "checked": 246,
        "left out": 5,
        "reading": 57,
        "unobservable": 3,
      }
    `)
  })
})
