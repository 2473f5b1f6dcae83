/** Conditions of rows in a schema: as `if` and `then` where these can say it, else as data. */
import { sourced, type Schema, type Source } from './amend.ts'
import type { Condition } from '../cell/facts.ts'
import { walk, type Field } from '../tables/fields.ts'
import { literal } from '../cell/json-type.ts'
import type { Subject, Subjects } from '../tables/subjects.ts'

/**
 * `mandatory when` another field has a value; in a response nothing can be required of the caller.
 *
 * A rule stands at the level of the field it depends on, which may be further out than its own.
 *
 * @param sourceOf - Where a row's keywords come from: every keyword of a rule comes from there.
 */
export function mandatoryRules(
  level: readonly Field[],
  subjects: Subjects,
  sourceOf: (field: Field) => Source,
): readonly unknown[] {
  return [...walk(level)].flatMap((field) => {
    if (field.direction === 'response') return []
    return field.facts.conditions.flatMap((condition) => {
      if (condition.effect !== 'mandatory') return []
      const subject = subjects.of(condition.when.subject, field)
      if (subject?.level !== level || subject.field === field) return []
      return [sourced(ruleOf(condition, field, subject), sourceOf(field))]
    })
  })
}

function ruleOf({ when }: Condition, field: Field, { field: other, holders }: Subject): Schema {
  const type = other.type?.type
  const values = when.is.map((value) => literal(value, type))
  const one = values.length === 1 ? { const: values[0] } : { enum: values }
  const holds = when.not ? { not: one } : one
  const inner: Schema = { properties: { [field.name]: true }, required: [field.name] }
  const condition = { properties: { [other.name]: holds }, required: [other.name] }
  // oxlint-disable-next-line no-thenable -- a keyword of JSON Schema
  return { if: condition, then: holders.toReversed().reduce(inside, inner) }
}

function inside(inner: Schema, { name, type }: Field): Schema {
  const list = type?.type === 'array'
  return { properties: { [name]: list ? { items: inner } : inner } }
}

/** Rules as data, for whatever cannot be a keyword: ranges that depend on another resource. */
export function notesOf(field: Field, subjects: Subjects): Record<string, unknown> {
  const { conditions } = field.facts
  if (conditions.length === 0) return {}
  return { 'x-conditions': conditions.map((condition) => noteOf(condition, field, subjects)) }
}

function noteOf({ when, ...effect }: Condition, field: Field, subjects: Subjects): Schema {
  const other = subjects.of(when.subject, field)?.field
  const { subject, is, not } = when
  return {
    ...effect,
    when: { subject, ...(other ? { field: other.at } : {}), is, ...(not ? { not } : {}) },
  }
}
