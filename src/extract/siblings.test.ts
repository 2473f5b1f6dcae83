/**
 * Pages the extractor was not built on, against what the facts sheets say of the same operations.
 *
 * Every field is compared in name, mandatory mark, type, nesting, length, range, values, default,
 * unit, number of items, type of the elements, and the conditions on it.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readApiPage } from './findings/api-page.ts'
import type { Condition } from './cell/facts.ts'
import { walk, type Field } from './tables/fields.ts'
import { openPage } from './page/open-page.ts'
import { PageRefused } from './page/page.ts'
import { readType } from './cell/json-type.ts'

const SIBLINGS = join(import.meta.dirname, '../../../shared/pages/siblings')
const noPages = !existsSync(SIBLINGS)
const gold = JSON.parse(
  readFileSync(join(import.meta.dirname, 'gold-siblings.json'), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, object>>>>

/** A field in the notation of the gold file; `?` is a type that no rule knows. */
function noted({ mandatory, typeText, facts, direction }: Field): object {
  const both = facts.values?.value.join() === 'true,false'
  const { type = '?', items } = readType(typeText ?? '') ?? {}
  const conditions = facts.conditions.map(inWords)
  return {
    type,
    ...(items === undefined ? {} : { items }),
    ...(mandatory === true && direction !== 'response' ? { mandatory } : {}),
    ...(facts.maxLength ? { maxLength: facts.maxLength.value } : {}),
    ...(facts.range ? { range: Object.values(facts.range.value) } : {}),
    ...(facts.values && !both ? { enum: facts.values.value } : {}),
    ...(facts.default ? { default: facts.default.value } : {}),
    ...(facts.nullable ? { nullable: true } : {}),
    ...(facts.reserved ? { reserved: true } : {}),
    ...(facts.minLength ? { minLength: facts.minLength.value } : {}),
    ...(facts.maxItems ? { maxItems: facts.maxItems.value } : {}),
    ...(facts.unit === undefined ? {} : { unit: facts.unit }),
    ...(facts.pattern === undefined ? {} : { pattern: facts.pattern }),
    ...(facts.oneOf ? { oneOf: facts.oneOf } : {}),
    ...(conditions.length > 0 ? { conditions } : {}),
  }
}

/** `range 1 60 when type is TCP or UDP`. */
function inWords({ when: { subject, is, not }, effect, ...demanded }: Condition): string {
  const values = Object.values(demanded).flat()
  const rule = [effect, ...values].map(String).join(' ')
  return `${rule} when ${subject} is ${not ? 'not ' : ''}${is.join(' or ')}`
}

function readFields(
  file: string,
): { operation: string; fields: Record<string, object> } | undefined {
  try {
    const { api } = readApiPage(openPage(readFileSync(join(SIBLINGS, file))))
    const all = [...walk(api.fields.request), ...walk(api.fields.response)]
    const fields = Object.fromEntries(all.map((field) => [field.at, noted(field)]))
    return { operation: api.call.operation, fields }
  } catch (error) {
    if (error instanceof PageRefused) return undefined
    throw error
  }
}

describe.skipIf(noPages)(
  'the siblings in ../shared/pages (skipped where they are not at hand)',
  () => {
    const files = noPages ? [] : readdirSync(SIBLINGS)
    const read = files.flatMap((file) => readFields(file) ?? [])

    test('two of them are refused: a list of codes, and a copy of 2,000 characters', () => {
      expect(files.length - read.length).toBe(2)
    })

    test.each(Object.keys(gold))('%s', (operation) => {
      const found = read.find((page) => page.operation === operation)!
      const expected = gold[operation]!
      const directions = new Set(Object.keys(expected).map((at) => at.split('.')[0]!))
      const compared = Object.entries(found.fields).filter(([at]) =>
        directions.has(at.split('.')[0]!),
      )
      expect(Object.fromEntries(compared)).toEqual(expected)
    })
  },
)
