/** Contradictions, which a person settles page by page, apart from what a page only leaves unsaid. */
import type { FindingKind } from '../tables/found.ts'

const SILENCES = [
  'body-among-uri-parameters',
  'can-be-specified-when',
  'caption-against-key',
  'captions-differ',
  'case-left-out',
  'cells-rejoined',
  'condition-outside-page',
  'default-of-blank',
  'default-on-update',
  'describes-another-thing',
  'doubled-word',
  'effect-among-constraints',
  'effective-outcome',
  'either-or-both',
  'element-against-text',
  'element-type-unstated',
  'enumeration-without-lead',
  'example-another-call',
  'example-missing',
  'field-not-in-example',
  'format-unstated',
  'heading-of-another-page',
  'id-of-two-projects',
  'inner-mark-missing',
  'invalid-outcome',
  'json-fields-unstated',
  'key-without-row',
  'lead-differs-in-response',
  'limit-of-call-or-group',
  'link-names-another-operation',
  'list-key-only-in-example',
  'nesting-not-shown',
  'nesting-reads-two-ways',
  'null-only-in-example',
  'object-in-place-of-list',
  'orphan-table',
  'outcome-unstated',
  'path-without-row',
  'plural-id',
  'query-without-row',
  'quoted-boolean',
  'quoted-integer',
  'request-language-in-response',
  'request-line-form',
  'reserved-values',
  'resource-of-another-product',
  'row-told-by-place',
  'row-without-type',
  'rules-differ-in-response',
  'sample-against-example',
  'single-quoted-json',
  'success-status-unstated',
  'action-row-missing',
  'table-not-linked',
  'table-of-another-page',
  'table-shared',
  'type-differs-in-response',
  'unit-of-an-object',
  'values-differ-in-response',
  'verb-differs',
  'wrapper-in-example',
  'xml-root-differs',
] as const

const UNREAD = [
  'column-not-understood',
  'example-not-json',
  'fields-in-a-list',
  'example-not-xml',
  'limit-of-objects',
  'link-leaves-page',
  'mandatory-not-understood',
  'range-reads-two-ways',
  'sample-not-json',
  'sentence-half-understood',
  'sentence-not-understood',
  'table-describes-itself',
  'type-not-known',
] as const

const KINDS = new Map<string, FindingKind>([
  ...SILENCES.map((rule) => [rule, 'silence'] as const),
  ...UNREAD.map((rule) => [rule, 'unread'] as const),
])

/** Rules that find contradictions, and in some circumstances, which they know, only a silence. */
const EITHER = [
  'example-against-schema',
  'lines-not-read',
  'mandatory-column-against-text',
  'method-unstated',
  'section-missing',
  'table-not-understood',
] as const

/** Rules that a dialect may settle once, with a note; any other is settled page by page. */
export const NOTABLE: readonly string[] = [...KINDS.keys(), ...EITHER]

/** A rule that is not listed finds contradictions. */
export function kindOf(rule: string): FindingKind {
  return KINDS.get(rule) ?? 'contradiction'
}
