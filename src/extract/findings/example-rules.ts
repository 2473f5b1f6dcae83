/** Contradictions between a page's examples and its rows. */
import type { ApiPage } from '../tables/api.ts'
import type { Example } from '../tables/examples.ts'
import type { Field } from '../tables/fields.ts'
import type { Found } from '../tables/found.ts'
import { isObject, parseJsonish } from '../page/json-text.ts'
import { Comparison } from './comparison.ts'

type Rule = (api: ApiPage) => readonly Found[]

const bodies: Rule = ({ page, fields, examples, lists }) => {
  const reported = new Set<string>()
  const shown = new Set<string>()
  const found = examples.flatMap((example) => {
    const comparison = new Comparison(example, reported)
    const body = unwrapped(example, page.title, comparison)
    const elements = lists.has(example.direction) ? [body].flat() : [body]
    for (const element of elements.filter(isObject))
      comparison.object(fields[example.direction], element, example.direction)
    for (const at of comparison.seen) shown.add(at)
    return comparison.found
  })
  return [...found, ...neverShown(fields.response, examples, shown)]
}

/** XML has a root by nature; JSON wrapped in `…Response` contradicts the rows. */
function unwrapped(
  { value, format, direction }: Example,
  title: string,
  comparison: Comparison,
): unknown {
  if (!isObject(value)) return value
  const [root, ...others] = Object.keys(value)
  if (root === undefined || others.length > 0) return value
  if (format === 'xml') {
    const answer = { at: 'response', place: { page: title, section: 'Examples' } }
    if (root !== `${title}Response`) {
      comparison.report('xml-root-differs', answer, `the root is ${root}, elsewhere …Response.`)
    }
    return value[root]
  }
  if (root !== title && root !== `${title}Response`) return value
  const place = { at: direction, place: { page: title, section: 'Examples' } }
  comparison.report('wrapper-in-example', place, `the body is wrapped in ${root}.`, [
    'unwrapped',
    'wrapped',
  ])
  return value[root]
}

/** A field of the response that no example of a response has. */
function neverShown(
  fields: readonly Field[],
  examples: readonly Example[],
  shown: ReadonlySet<string>,
): readonly Found[] {
  const judged = examples.some(
    ({ direction, value }) => direction === 'response' && isObject(value),
  )
  if (!judged) return []
  return fields.flatMap((field): readonly Found[] => {
    if (shown.has(field.at)) return neverShown(field.children, examples, shown)
    const says = `No example of a response has ${field.name}.`
    return [{ rule: 'field-not-in-example', at: field.at, place: field.place, says }]
  })
}

const TROUBLES = {
  'not-json': 'The example is not valid JSON.',
  'not-xml': 'The example is not valid XML.',
  'another-call': 'The example shows another call, or its answer.',
} as const

const troubles: Rule = ({ examples }) =>
  examples.flatMap(({ name, trouble }) =>
    trouble === undefined
      ? []
      : [
          {
            rule: `example-${trouble}`,
            at: `examples.${name}`,
            place: { section: 'Example' },
            says: TROUBLES[trouble],
            example: name,
          },
        ],
  )

/** Request lines that no client could send as printed. */
const lines: Rule = ({ examples }) =>
  examples.flatMap(({ name, format, printed }) => {
    const first = printed.split('\n').find((line) => line.trim() !== '') ?? ''
    const wrong = [
      ...(format === 'line' && !/^\s*\w+\s+https?:\/\//.test(first) ? ['no scheme and host'] : []),
      ...(format === 'line' && /^\s*\w+\s{2,}/.test(first) ? ['two blanks after the method'] : []),
      ...(format === 'line' && /\S\s+$/.test(first) ? ['a blank at its end'] : []),
      ...(format === 'query' && /\?\s/.test(first) ? ['a blank after the question mark'] : []),
    ]
    if (wrong.length === 0) return []
    const says = `The request line has ${wrong.join(' and ')}.`
    return [
      { rule: 'request-line-form', at: `examples.${name}`, place: { section: 'Example' }, says },
    ]
  })

/** JSON in a string that is JSON only after its quotes are changed; integers in it that are quoted. */
const jsonStrings: Rule = ({ fields }) =>
  fields.request.flatMap((field): readonly Found[] => {
    const read = parseJsonish(field.sample ?? '')
    const found = { at: field.at, place: field.place }
    if (!read && /^\s*(?:\[\s*)?\{/.test(field.sample ?? '')) {
      return [
        {
          ...found,
          rule: 'sample-not-json',
          says: 'The sample looks like JSON and cannot be read as such.',
        },
      ]
    }
    if (!read) return []
    const single = read.singleQuoted
      ? [
          {
            ...found,
            rule: 'single-quoted-json',
            says: 'The sample sets its strings in single quotes, which is not JSON.',
            readings: ['strict', 'single-quoted'],
          },
        ]
      : []
    return [...single, ...quotedInside(field, read.value)]
  })

function quotedInside(field: Field, value: unknown): readonly Found[] {
  const elements = (Array.isArray(value) ? value : [value]).filter(isObject)
  const keys = new Set(
    elements.flatMap((element) =>
      Object.entries(element)
        .filter(([, inner]) => typeof inner === 'string' && /^-?\d+$/.test(inner))
        .map(([key]) => key),
    ),
  )
  return [...keys].map((key) => ({
    rule: 'quoted-integer',
    at: `${field.at}.${key}`,
    place: field.place,
    says: `The sample sets the number of ${key} in quotes.`,
    readings: ['number', 'string'],
  }))
}

/** An answer that still lists what its request removed. */
const removedButListed: Rule = ({ page, fields, examples }) => {
  if (!page.title.startsWith('Remove')) return []
  const ids = fields.request.flatMap(({ sample }) => idsIn(parseJsonish(sample ?? '')?.value))
  const example = examples.find(
    ({ direction, value }) =>
      direction === 'response' && idsIn(value).some((id) => ids.includes(id)),
  )
  if (!example) return []
  const says = `${example.name} lists a server that the sample of the request removes.`
  const at = `examples.${example.name}`
  return [
    {
      rule: 'removed-server-listed',
      at,
      place: { section: 'Examples' },
      says,
      readings: ['remaining', 'removed'],
    },
  ]
}

function idsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (!isObject(value)) return []
  const own = typeof value['ServerId'] === 'string' ? [value['ServerId']] : []
  return [...own, ...Object.values(value).flatMap(idsIn)]
}

/** One load balancer that belongs to two projects: the examples were put together by hand. */
const sharedIds: Rule = ({ examples }) => {
  const owners = new Map<string, string>()
  for (const { value, name } of examples) {
    const [body] = isObject(value) ? Object.values(value) : []
    if (!isObject(body) || typeof body['tenant_id'] !== 'string') continue
    const ids = [body['loadbalancers'] ?? []]
      .flat()
      .flatMap((item) => (isObject(item) ? [String(item['id'])] : []))
    for (const id of ids) {
      const owner: string = owners.get(id) ?? body['tenant_id']
      owners.set(id, owner)
      if (owner === body['tenant_id']) continue
      const says = `${name} gives a load balancer to a second project.`
      return [
        { rule: 'id-of-two-projects', at: `examples.${name}`, place: { section: 'Example' }, says },
      ]
    }
  }
  return []
}

/** Samples in the table that differ from the same field in the example, where the ids agree. */
const samples: Rule = ({ fields, examples }) => {
  const body = JSON.stringify(
    examples.find(({ direction, format }) => direction === 'response' && format === 'json')
      ?.value ?? '',
  )
  return fields.response.flatMap((field) =>
    field.children.flatMap((child): readonly Found[] => {
      const sample = child.sample
      if (
        sample === undefined ||
        !body.includes(`"${child.name}"`) ||
        body.includes(`:"${sample}"`) ||
        body.includes(`:${sample}`)
      )
        return []
      const says = `The sample ${sample} of ${child.name} is not the value in the example.`
      return [{ rule: 'sample-against-example', at: child.at, place: child.place, says }]
    }),
  )
}

const ALL: readonly Rule[] = [
  troubles,
  lines,
  bodies,
  jsonStrings,
  removedButListed,
  sharedIds,
  samples,
]

export const exampleRules: Rule = (api) => ALL.flatMap((rule) => rule(api))
