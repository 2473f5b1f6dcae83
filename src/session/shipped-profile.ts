/** Profiles of known families of services, which are part of the package: a target file takes one over by `extends`. */

import { readFileSync } from 'node:fs'
import { schemaFile } from '../documents/schema.ts'
import { UsageError, type Dialect, type Feature } from '../model.ts'
import type { Target, Waiver } from '../target.ts'

/** What is known of a family of services. Described in `schemas/profile.schema.json`. */
export interface ShippedProfile {
  readonly name: string
  readonly dialect: Dialect
  readonly profile: Readonly<
    Partial<Record<Feature, { readonly offered: boolean; readonly reason: string }>>
  >
  readonly readings: Readonly<Record<string, { readonly reading: string; readonly reason: string }>>
  readonly waivers: readonly Waiver[]
}

/** The document of a shipped profile. */
export function shippedProfile(name: string): ShippedProfile {
  return JSON.parse(readFileSync(schemaFile(`profiles/${name}.json`), 'utf8')) as ShippedProfile
}

/**
 * The target together with the shipped profile that it extends, if it extends one.
 *
 * What the target says of a feature, a reading or a requirement holds instead of what the profile says.
 *
 * @throws {UsageError} When the profile is for the other dialect.
 */
export function withShippedProfile<T extends Target>(target: T): T {
  if (target.extends === undefined) return target
  const { name, dialect, ...known } = shippedProfile(target.extends)
  if (dialect !== target.dialect) {
    throw new UsageError(
      `${target.name} extends the profile ${name}, which is for ${dialect} targets, but its dialect is ${target.dialect}.`,
    )
  }
  const { waivers = [] } = target
  const own = waivers.map(({ requirement }) => requirement)
  const shipped = known.waivers
    .filter(({ requirement }) => !own.includes(requirement))
    .map((waiver) => ({ ...waiver, profile: name }))
  return {
    ...target,
    profile: { ...valuesOf(known.profile, 'offered'), ...target.profile },
    readings: { ...valuesOf(known.readings, 'reading'), ...target.readings },
    waivers: [...waivers, ...shipped],
  }
}

/** One field of each entry, without its reason. */
function valuesOf<Field extends string, Value>(
  entries: Readonly<Record<string, Readonly<Record<Field, Value>>>>,
  field: Field,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, entry[field]]))
}
