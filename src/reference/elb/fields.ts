/** The request tables of the set-up operations, as data, and the validation of a body against them. */

import type { Rule } from '../rule.ts'
import { characters, isObject, wrapped, type Given } from './body.ts'
import { badRequest } from './refusals.ts'
import type { ElbStore } from './store.ts'

/** One row of a request table. */
export interface Field {
  readonly name: string
  readonly kind: 'string' | 'integer' | 'boolean' | 'object' | 'array'
  readonly mandatory?: true
  readonly nullable?: true
  readonly maximumLength?: number
  readonly values?: readonly (string | boolean)[]
  readonly range?: readonly [minimum: number, maximum: number]
  readonly pattern?: RegExp
}

const kinds: Readonly<Record<Field['kind'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  object: isObject,
  array: Array.isArray,
}

export function isOfKind(kind: Field['kind'], value: unknown): boolean {
  return kinds[kind](value)
}

/** The first fault of what was sent, by the rows, or `undefined`; an unknown name is a fault too. */
export function complaint(fields: readonly Field[], sent: Given): string | undefined {
  const stranger = Object.keys(sent).find((name) => fields.every((field) => field.name !== name))
  if (stranger !== undefined) return `${stranger} cannot be specified here.`
  for (const field of fields) {
    const wrong = wrongWith(field, sent[field.name])
    if (wrong) return `${field.name} ${wrong}.`
  }
  return undefined
}

function wrongWith(field: Field, value: unknown): string | undefined {
  if (value === undefined) return field.mandatory && 'is required'
  if (value === null && field.nullable) return undefined
  if (!isOfKind(field.kind, value)) return `is not of type ${field.kind}`
  if (field.values && !field.values.includes(value as string | boolean)) {
    return `is not one of ${field.values.join(', ')}`
  }
  return typeof value === 'number' ? outside(field, value) : malformed(field, value)
}

function outside({ range }: Field, value: number): string | undefined {
  if (!range || (value >= range[0] && value <= range[1])) return undefined
  return `is not between ${range[0]} and ${range[1]}`
}

function malformed({ maximumLength, pattern }: Field, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  if (maximumLength && characters(value) > maximumLength) {
    return `is longer than ${maximumLength} characters`
  }
  return pattern && !pattern.test(value) ? `does not match ${pattern.source}` : undefined
}

/** Refuses a body without its wrapper, or with a fault by the rows. */
export function bodyRule(on: string, wrapper: string, fields: readonly Field[]): Rule<ElbStore> {
  return {
    keeps: `elb/set-up/${wrapper}-body`,
    on,
    refuse(call) {
      const sent = wrapped(call, wrapper)
      if (!sent) return badRequest(`${wrapper} is null.`)
      const wrong = complaint(fields, sent) ?? foreignTenant(sent, call.project)
      return wrong === undefined ? undefined : badRequest(wrong)
    },
  }
}

/** A project can create objects for itself only (ELB.9808). */
function foreignTenant(sent: Given, project: string | undefined): string | undefined {
  if (sent['tenant_id'] === undefined || sent['tenant_id'] === project) return undefined
  return 'tenant_id is not the project of the token.'
}

const text = (name: string): Field => ({ name, kind: 'string', maximumLength: 255 })

export const tenantField = text('tenant_id')
export const nameField = text('name')
export const descriptionField = text('description')
/** Reserved on every object. */
export const adminStateField: Field = { name: 'admin_state_up', kind: 'boolean' }
