/** A rule that looks at one row at a time. */
import type { ApiPage } from '../tables/api.ts'
import type { Field } from '../tables/fields.ts'
import type { Found } from '../tables/found.ts'

/** What it finds is at the field, unless it says where else. */
export type Rule = (
  field: Field,
  api: ApiPage,
) => readonly (Omit<Found, 'at' | 'place'> & { at?: string })[]
