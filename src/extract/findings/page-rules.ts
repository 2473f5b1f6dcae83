/** Contradictions that show on the page as a whole: in its prose, its codes, its links. */
import { saysNone, type ApiPage } from '../tables/api.ts'
import { requestLines } from '../tables/call.ts'
import type { Example } from '../tables/examples.ts'
import type { Found } from '../tables/found.ts'
import type { Page, Shape } from '../page/page.ts'
import { sectionKind, type SectionKind } from '../page/sections.ts'

type Rule = (api: ApiPage) => readonly Found[]

const FORCE =
  /\b(?:must|cannot|can only|only|before|not be updated|remove all|delete all|unique)\b/i

/** A constraint says what must be so, and no code says what comes of it otherwise. */
const constraints: Rule = ({ prose, statuses }) => {
  if (statuses.statuses.length > 0) return []
  return prose
    .filter(({ kind, text }) => kind === 'constraints' && !/^for (?:more )?details\b/i.test(text))
    .map(({ at, section, text }) => {
      const binds = FORCE.test(text)
      const says = binds
        ? 'The constraint does not say what a call that breaks it is answered.'
        : 'Under the heading of constraints stands an effect, which binds no caller.'
      const rule = binds ? 'outcome-unstated' : 'effect-among-constraints'
      return { rule, at, place: { section }, says }
    })
}

/** Success is a number that only another page gives, or none. */
const successUnstated: Rule = ({ statuses }) => {
  if (statuses.statuses.some(({ status }) => status < 300)) return []
  const [link] = statuses.links
  const says = `The page states no status of success${link ? '; it sends its reader to another page' : ''}.`
  return [
    { rule: 'success-status-unstated', at: 'statuses', place: { section: 'Status Code' }, says },
  ]
}

const methodUnstated: Rule = ({ call }) =>
  call.method === undefined || call.path === undefined
    ? [
        {
          rule: 'method-unstated',
          at: 'method',
          place: {},
          kind: call.dialect === 'slb' ? ('silence' as const) : ('contradiction' as const),
          says: 'The page names no HTTP method and path for the call.',
          readings: ['GET', 'POST'],
        },
      ]
    : []

/** One sentence says that it fails, the next that no error is reported. */
const noteAgainstItself: Rule = ({ prose }) => {
  const fails = prose.find(({ text }) => /\b(?:fails|failure)\b/i.test(text))
  const silent = prose.find(({ text }) =>
    /\bnot (?:report|return)\b.*\berror\b|\bno error\b/i.test(text),
  )
  if (!fails || !silent || fails.section !== silent.section) return []
  const says = 'One sentence says that the call fails, another that no error is reported.'
  return [
    {
      rule: 'note-contradicts-itself',
      at: fails.at,
      place: { section: fails.section },
      says,
      readings: ['refused', 'ignored'],
    },
  ]
}

/** The title removes, the constraints delete: are these one thing? */
const verbDiffers: Rule = ({ page, prose }) => {
  if (!/^Removing\b/.test(page.title)) return []
  const deletes = prose.find(({ kind, text }) => kind === 'constraints' && /\bdelete\b/i.test(text))
  if (!deletes) return []
  const says = 'The title says remove, the constraints say delete.'
  return [{ rule: 'verb-differs', at: deletes.at, place: { section: deletes.section }, says }]
}

/** A heading that carries the id of another document was copied from it. */
const foreignHeading: Rule = ({ page }) => {
  const [, ...below] = page.blocks.filter(({ kind }) => kind === 'heading')
  const headings = below.flatMap((block) =>
    block.kind === 'heading' ? block.topics.map((topic) => ({ topic, text: block.text })) : [],
  )
  const own = mostCommon(headings.map(({ topic }) => topic))
  return headings
    .filter(({ topic }) => topic !== own)
    .map(({ topic, text }) => ({
      rule: 'heading-of-another-page',
      at: `headings.${text.toLowerCase().replaceAll(' ', '-')}`,
      place: { section: text },
      says: `The anchor of the heading carries topic ${topic}, the others carry ${own}.`,
    }))
}

function mostCommon(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one)[0]?.[0]
}

/** A link to the vendor's explorer names the operation it opens. */
const linkToAnother: Rule = ({ page }) =>
  links(page).flatMap(({ target, section }) => {
    const named = /[?&#]api=(\w+)/.exec(target)?.[1]
    if (named === undefined || named === page.title) return []
    const says = `The link opens ${named}, the page is about ${page.title}.`
    return [{ rule: 'link-names-another-operation', at: 'links.debug', place: { section }, says }]
  })

function links(page: Page): readonly { target: string; section: string }[] {
  return page.blocks.flatMap((block) =>
    block.kind === 'text'
      ? block.links.map(({ target }) => ({ target, section: block.section }))
      : [],
  )
}

/** Every RPC call is named by its Action, also where the table leaves it out. */
const actionMissing: Rule = ({ call, fields }) => {
  const named = fields.request.some(({ name }) => name === 'Action')
  if (call.dialect !== 'slb' || named || fields.request.length === 0) return []
  const says = 'The table of request parameters has no row for Action.'
  return [
    {
      rule: 'action-row-missing',
      at: 'request.Action',
      place: { section: 'Request parameters' },
      says,
    },
  ]
}

/** A history that deletes a code, above a table that still lists it. */
const historyAgainstErrors: Rule = ({ page, statuses }) => {
  const history = page.blocks.filter(({ section }) => sectionKind(section) === 'history')
  const lines = history.flatMap((block) => page.lines.slice(block.from - 1, block.to))
  const deleted = lines.flatMap((line) => {
    const status = /\bdelete\b.*?(\d{3})\b/i.exec(line.slice(0, 400))?.[1]
    return status === undefined ? [] : [Number(status)]
  })
  const listed = statuses.errors.find(({ status }) => deleted.includes(status))
  if (!listed) return []
  const says = `The change history deletes ${listed.status}, and ${listed.code} is listed with ${listed.status}.`
  return [
    {
      rule: 'status-against-change-history',
      at: `errors.${listed.code}`,
      place: { section: 'Error codes' },
      says,
    },
  ]
}

/** Not where it is a place that has no such service: to name another place is up to the client. */
const UNAVAILABLE =
  /\bservice (?:is )?(?:currently |temporarily )?(?:not available|unavailable)\b(?! in (?:the|this|that) (?:\w+ )?(?:region|zone)\b)/i

/** A refusal of the client's that is described as the server's trouble. */
const statusAgainstText: Rule = ({ statuses }) =>
  statuses.errors
    .filter(({ status, description }) => status < 500 && UNAVAILABLE.test(description))
    .map(({ status, code }) => ({
      rule: 'status-against-description',
      at: `errors.${code}`,
      place: { section: 'Error codes', row: code },
      says: `${code} has status ${status} and is described as the service being unavailable.`,
    }))

const resourceOfAnother: Rule = ({ page }) => {
  const text = page.blocks
    .filter(({ section, kind }) => kind === 'table' && sectionKind(section) === 'authorization')
    .flatMap((block) => page.lines.slice(block.from - 1, block.to))
    .map((line) => line.slice(0, 400))
    .join('\n')
  const product = /^(\w+):[A-Z]/m.exec(text)?.[1]
  const others = Array.from(text.matchAll(/\bacs:(\w+):/g), ([, other]) => other)
  const other = others.find((name) => name !== product)
  if (product === undefined || other === undefined) return []
  const says = `The action belongs to ${product}, a resource to ${other}.`
  return [
    {
      rule: 'resource-of-another-product',
      at: 'authorization',
      place: { section: 'Authorization information' },
      says,
    },
  ]
}

const exampleMissing: Rule = ({ examples, page }) => {
  const has = (direction: Example['direction']): boolean =>
    examples.some((example) => example.direction === direction)
  return (['request', 'response'] as const).flatMap((direction) => {
    const none = direction === 'response' && saysNone(page, /^(?:response|examples?)/i)
    if (has(direction) || none) return []
    const says = `The page shows no example of a ${direction}.`
    return [
      { rule: 'example-missing', at: `examples.${direction}`, place: { section: 'Example' }, says },
    ]
  })
}

const callTwice: Rule = ({ page }) => {
  const lines = page.shape === 'html-tables' ? requestLines(page) : []
  if (lines.length < 2) return []
  const readings = lines.map(({ method, path }) => `${method} ${path}`)
  const found = { at: 'method', place: { section: 'URI' }, readings }
  const [first] = lines
  const others = lines.filter(({ method, also }) => also !== true || method !== first?.method)
  const calls = new Set(others.map(({ method, path }) => `${method} ${withoutVersion(path)}`))
  if (calls.size === 1) {
    const says = `The call has ${lines.length} addresses, of several versions or so called: ${readings.join(', ')}.`
    return [{ ...found, rule: 'several-addresses', says }]
  }
  const says = `The page names ${lines.length} calls: ${readings.join(', ')}.`
  return [{ ...found, rule: 'method-reads-two-ways', says }]
}

/** `/apis/apps/v1beta1/pots` and `/apis/extensions/v1/pots` lead to the same call. */
function withoutVersion(path: string): string {
  return path.replace(/^(?:\/[\w.-]+){0,3}\/v\d[\w.-]*(?=\/)/i, '')
}

/** What every page of a family has a section on; errors may stand among the status codes. */
const EXPECTED: Readonly<Record<Shape, readonly SectionKind[]>> = {
  'html-tables': ['uri', 'request', 'response', 'example', 'status'],
  'pipe-tables': ['request', 'response', 'example', 'errors'],
  'plain-text': ['request', 'response', 'example', 'errors'],
}

/** A page without a section, if only to say None, may be cut, or speak of it under another name. */
const sectionMissing: Rule = ({ page, examples, call }) => {
  const kinds = new Set(page.blocks.map(({ section }) => sectionKind(section)))
  const has = (kind: SectionKind): boolean =>
    kinds.has(kind) ||
    (kind === 'uri' && call.method !== undefined) ||
    (kind === 'status' && kinds.has('errors')) ||
    (kind === 'errors' && kinds.has('status')) ||
    (kind === 'example' && examples.length > 0)
  const missing = EXPECTED[page.shape].filter((kind) => !has(kind))
  const cut = missing.includes('request') || missing.includes('response')
  const end = EXPECTED[page.shape].slice(2)
  const isSilence = (kind: SectionKind): boolean =>
    kind !== 'uri' && !(cut && end.every((last) => missing.includes(last)))
  return missing.map((kind) => ({
    rule: 'section-missing',
    kind: isSilence(kind) ? ('silence' as const) : ('contradiction' as const),
    at: kind,
    place: {},
    says: `No section tells of ${SECTION_NAMES[kind] ?? kind}; the file may be cut short, or name it otherwise.`,
  }))
}

const SECTION_NAMES: Partial<Record<SectionKind, string>> = {
  uri: 'the URI',
  request: 'the request',
  response: 'the response',
  example: 'examples',
  status: 'status codes',
  errors: 'errors',
}

/** A part of the path that no row describes. */
const pathWithoutRow: Rule = ({ call, fields }) => {
  const parts = Array.from(
    (call.path ?? '').matchAll(/\{([^{}]{1,100})\}/g),
    ([, name = '']) => name,
  )
  return parts
    .filter((part) => !fields.parameters.some(({ name }) => name === part))
    .map((part) => ({
      rule: 'path-without-row',
      at: `parameters.${part}`,
      place: { section: 'URI' },
      says: `The path has ${part}, which no row describes.`,
    }))
}

const ALL: readonly Rule[] = [
  callTwice,
  sectionMissing,
  pathWithoutRow,
  methodUnstated,
  constraints,
  successUnstated,
  noteAgainstItself,
  verbDiffers,
  foreignHeading,
  linkToAnother,
  actionMissing,
  historyAgainstErrors,
  statusAgainstText,
  resourceOfAnother,
  exampleMissing,
]

export const pageRules: Rule = (api) => ALL.flatMap((rule) => rule(api))
