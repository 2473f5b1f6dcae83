/** What a person has to decide about a page, as the reader or rule that finds it reports it. */
import type { Place } from '../page/page.ts'

/**
 * `contradiction`: the page says two things, or something was lost that the schema needs.
 * `silence`: the page leaves something unsaid, or says it in an odd form; the schema claims nothing of it.
 * `unread`: words with the force of a rule that no phrase reads; the schema lacks that rule.
 */
export type FindingKind = 'contradiction' | 'silence' | 'unread'

/** A finding before it knows its page. */
export interface Found {
  readonly rule: string
  /** The field, example or part of the page it is about: `request.pool.name`, `examples.response-1`. */
  readonly at: string
  readonly place: Partial<Place>
  readonly says: string
  readonly readings?: readonly string[]
  readonly example?: string
  /** Where it is of another kind than its rule: the column says No, the text names a condition. */
  readonly kind?: FindingKind
}
