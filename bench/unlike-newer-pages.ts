/** Newer pages: with tables for headers, body and answers, and those copied as text from a help site. */

import {
  camel,
  described,
  example,
  shown,
  typeWords,
  type MeantRow,
  type Pick,
  type Turns,
} from './unlike-rows.ts'

type Line = readonly string[]

function htmlTable(head: Line, lines: readonly Line[]): string {
  const cells = (tag: string, line: Line) =>
    `<tr>${line.map((text) => `<${tag}><p>${text.replaceAll('\n\n', '</p>\n<p>')}</p>\n</${tag}>`).join('\n')}</tr>`
  return `<table>\n<thead>${cells('th', head)}</thead>\n<tbody>${lines.map((line) => cells('td', line)).join('\n')}</tbody>\n</table>`
}

/** The facts of a row as newer pages end a cell with them. */
function factsOf({ maxLength, range, values, default: usual }: MeantRow): readonly string[] {
  return [
    ...(maxLength === undefined
      ? []
      : ['Minimum: <strong>1</strong>', `Maximum: <strong>${maxLength}</strong>`]),
    ...(range
      ? [`Minimum: <strong>${range[0]}</strong>`, `Maximum: <strong>${range[1]}</strong>`]
      : []),
    ...(usual === undefined ? [] : [`Default: <strong>${usual}</strong>`]),
    ...(values
      ? [
          `Enumeration values:</p>\n<ul>${values.map((value) => `<li><strong>${value}</strong></li>`).join('\n')}</ul>\n<p>`,
        ]
      : []),
  ]
}

/** Creating something below a project, with tables of headers, body and answer. */
export function newerPage(thing: string, rows: readonly MeantRow[], { next, pick }: Turns): string {
  const plain = thing.toLowerCase().replaceAll(' ', '-')
  const head = ['Parameter', 'Mandatory', 'Type', 'Description']
  const isTerse = next() < 0.5
  const cell = (row: MeantRow) =>
    isTerse
      ? [`The ${row.name.replaceAll('_', ' ')}.`, ...factsOf(row)].join('\n\n')
      : described(row, pick, (text) => `<strong>${text}</strong>`)
  const typeOf = ({ name, type, children }: MeantRow) =>
    children ? `<a href="#body_${name}">${camel(name)}</a> object` : pick(typeWords[type])
  const objects = rows.filter(({ children }) => children)
  const lines = rows.map((row) => [row.name, row.mandatory ? 'Yes' : 'No', typeOf(row), cell(row)])
  const answers = [
    ['id', 'String', 'The ID.'],
    ...rows.map((row) => [row.name, typeOf(row), cell(row)]),
  ]
  const inner = () =>
    objects.map(({ name, children = [] }, index) => {
      const own = children.map((row) => [
        row.name,
        row.mandatory ? 'Yes' : 'No',
        typeOf(row),
        cell(row),
      ])
      return `\n\n**Table  ${8 + index}**  ${camel(name)}\n\n<a name="body_${name}"></a>\n${htmlTable(head, own)}`
    })
  const table = (number: number, what: string, own: Line, all: readonly Line[]) =>
    `**Table  ${number}**  ${what}\n\n${htmlTable(own, all)}`
  const url = `POST /v2/\\{project\\_id\\}/${plain}s`
  const token = ['X-Auth-Token', 'Yes', 'String', 'User token.']
  const withHeaders = next() < 0.7
  const project = ['project_id', 'Yes', 'String', 'Project ID.']
  const sections = [
    `# ${pick(['Creating', 'Adding'])} a ${thing}`,
    `## ${pick(['Function', 'Function Description'])}\n\nThis API is used to create a ${thing.toLowerCase()}.`,
    ...(next() < 0.3 ? ['## Calling Method\n\nFor details, see [Calling APIs](calling.md).'] : []),
    `## URI\n\n${url}\n\n${table(1, pick(['Path Parameters', 'Path parameters', 'URI parameters']), head, [project])}`,
    `## ${pick(['Request Parameters', 'Request'])}\n\n${withHeaders ? `${table(2, pick(['Request header parameters', 'Request header parameter']), head, [token])}\n\n` : ''}${table(withHeaders ? 3 : 2, pick(['Request body parameters', 'Request body parameter']), head, lines)}${inner().join('')}`,
    `## ${pick(['Response Parameters', 'Response'])}\n\n${pick(['**Status code: 201**\n\n', ''])}${table(withHeaders ? 4 : 3, 'Response body parameters', ['Parameter', 'Type', 'Description'], answers)}`,
    `## Example Requests\n\nCreating one\n\n\`\`\`\nPOST https://{Endpoint}/v2/{project_id}/${plain}s\n\n${example(rows)}\n\`\`\``,
    `## Example Responses\n\n**Status code: 201**\n\nCreated\n\n\`\`\`\n${answer(rows, pick)}\n\`\`\``,
    pick([
      `## Status Codes\n\n${htmlTable(
        ['Status Code', 'Description'],
        [
          ['201', 'Created'],
          ['400', 'Bad request'],
        ],
      )}`,
      '## Status Codes\n\nSee [Status Codes](status.md).',
    ]),
    ...(next() < 0.6 ? ['## Error Codes\n\nSee [Error Codes](errors.md).'] : []),
  ]
  return sections.join('\n\n')
}

/** What was created, with its id and a key that no row describes; values in the ways that people print them. */
function answer(rows: readonly MeantRow[], pick: Pick): string {
  const printed = pick([
    (value: unknown) => value,
    (value: unknown) => value,
    (value: unknown) => (typeof value === 'number' ? String(value) : value),
    (value: unknown) => (typeof value === 'boolean' ? String(value) : value),
    (value: unknown) => (typeof value === 'string' ? null : value),
    (value: unknown) => (Array.isArray(value) ? [] : value),
  ])
  const some = rows.filter(({ mandatory }) => mandatory || pick([true, false]))
  const object = Object.fromEntries(some.map((row) => [row.name, printed(shown(row))]))
  const whole = { id: '5a9a3e9e-d1aa-448e-af37-a70171f2a332', ...object, created_at: '2024-01-01' }
  const text = JSON.stringify(whole, null, 2)
  return pick([text, text, text.replace(/\n\}$/, ',\n  ...\n}')])
}

/** A page as it is copied from a browser: the columns run together. */
export function textPage(thing: string, rows: readonly MeantRow[], { next, pick }: Turns): string {
  const action = `${pick(['Set', 'Modify', 'Create'])}${thing.replaceAll(' ', '')}`
  const row = (one: MeantRow) =>
    `${camel(one.name)}${one.type}${one.mandatory ? 'Yes' : 'No'}\n\n${described(one, pick, (text) => text)}\n\n${String(shown(one))}`
  const json = JSON.stringify({ RequestId: '365F4154-92F6-4AE4-92F8-7FF34B540710' }, null, 2)
  return [
    `All Products\nSearch\nDocument Center\n\nServer Load Balancer:${action}`,
    `Last Updated:${pick(['Mar 14, 2024', 'Dec 06, 2023'])}`,
    `Changes a ${thing.toLowerCase()}.`,
    ...(next() < 0.5
      ? [
          'Debugging\n\nOpenAPI Explorer automatically calculates the signature value. For your convenience, we recommend that you call this operation in OpenAPI Explorer.',
        ]
      : []),
    `Request parameters\n\nParameterTypeRequiredDescriptionExample\n${rows.map((one) => row(one)).join('\n')}`,
    'Response parameters\n\nParameterTypeDescriptionExample\nobject\nRequestIdstring\n\nThe ID of the request.\n\n365F4154-92F6-4AE4-92F8-7FF34B540710',
    `Examples\n\nSample success responses\n\nJSONformat\n\n${json}`,
    ...(next() < 0.7
      ? ['Error codes\n\nFor a list of error codes, visit the Service error codes.']
      : []),
  ].join('\n\n')
}
