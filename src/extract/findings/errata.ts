/** What a person decided about findings, with evidence; read from `schemas/<dialect>/errata.json`. */
import type { Finding } from './finding.ts'

export interface Erratum {
  /** The finding it settles. An erratum found by no rule has an id of the same form. */
  readonly id: string
  readonly found: 'by-rule' | 'by-hand'
  readonly place: string
  /** What the page says, restated. */
  readonly says: string
  readonly readings: Readonly<Record<string, string>>
  /** Name of a reading, or `open`: then a target may follow any of them. */
  readonly decision: string
  readonly evidence: string
  readonly amend?: readonly Omit<Amendment, 'erratum'>[]
  /** For what is not a keyword: the method, a status. */
  readonly sets?: { readonly method?: string }
}

/** What an erratum does to the schema of one field. */
export interface Amendment {
  readonly at: string
  readonly erratum: string
  readonly set?: Readonly<Record<string, unknown>>
  readonly drop?: readonly string[]
  /** What the page states and this overrules: keywords with the value that the page gives them. */
  readonly instead?: Readonly<Record<string, unknown>>
  /** The list stands one level deeper, under this key. */
  readonly listKey?: string
  /** Fields that no table lists, and which of them are mandatory. */
  readonly add?: Readonly<Record<string, unknown>>
  readonly mandatory?: readonly string[]
}

/** What a dialect leaves unsaid on page after page, settled once for all of them. */
export interface Note {
  /** The rules whose findings it settles, where they find no contradiction: some of `NOTABLE`. */
  readonly rules: readonly string[]
  /** What the pages leave unsaid. */
  readonly says: string
  /** How the schemas are to be read all the same. */
  readonly decision: string
  readonly evidence: string
}

/** What people decided: page by page, and once for a dialect. */
export interface Decisions {
  readonly errata: readonly Erratum[]
  readonly notes: readonly Note[]
}

/** An erratum overwrites what the page states, and does not say so, or says it of another value. */
export interface Overruled {
  readonly erratum: string
  readonly at: string
  readonly keyword: string
  /** As the page states it; absent where the page does not, and the erratum says that it does. */
  readonly page?: unknown
}

export interface Settled {
  /** Findings that a note of the dialect settles. */
  readonly noted: readonly Finding[]
  readonly unsettled: readonly Finding[]
  /** Errata of this operation whose finding, or whose place, the page no longer has. */
  readonly stale: readonly Erratum[]
  /** Errata that overwrite what the page states, without saying that they do. */
  readonly overruling: readonly Overruled[]
  readonly amendments: readonly Amendment[]
  readonly method: string | undefined
}

/**
 * Holds findings and errata of one operation against each other.
 *
 * @param idle - Errata that amend a place the page does not have.
 * @param overruling - What errata overwrite of the page; known once the schemas are built.
 */
export function settle(
  findings: readonly Finding[],
  { errata, notes }: Decisions,
  operation: string,
  idle: ReadonlySet<string> = new Set(),
  overruling: readonly Overruled[] = [],
): Settled {
  const own = errata.filter(({ id }) => id.startsWith(`${operation}/`))
  const settled = new Set(own.map(({ id }) => id))
  const raised = new Set(findings.map(({ id }) => id))
  const left = findings.filter(({ id }) => !settled.has(id))
  const notable = new Set(notes.flatMap(({ rules }) => rules))
  const isNoted = ({ kind, rule }: Finding): boolean =>
    kind !== 'contradiction' && notable.has(rule)
  return {
    noted: left.filter(isNoted),
    unsettled: left.filter((finding) => !isNoted(finding)),
    stale: own.filter(({ id, found }) => idle.has(id) || (found === 'by-rule' && !raised.has(id))),
    overruling,
    amendments: own.flatMap(({ id, amend = [] }) => amend.map((one) => ({ ...one, erratum: id }))),
    method: own.find(({ sets }) => sets?.method !== undefined)?.sets?.method,
  }
}

/** Nothing is left for a person to decide. */
export function isSettled({ unsettled, stale, overruling }: Settled): boolean {
  return unsettled.length + stale.length + overruling.length === 0
}

/** One sentence on an erratum against the page. */
export function overruledSays({ erratum, at, keyword, page }: Overruled): string {
  const states =
    page === undefined
      ? `the page does not state ${keyword}`
      : `the page states ${keyword} as ${JSON.stringify(page)}`
  return `Erratum against the page: ${erratum}. At ${at} ${states}; let the erratum say so with "instead", or delete it.`
}
