/** Older pages: Markdown with HTML tables, and with pipe tables. */

import {
  camel,
  described,
  example,
  shown,
  typeWords,
  type MeantRow,
  type Turns,
} from './unlike-rows.ts'

function cell(text: string): string {
  return `<td><p>${text.replaceAll('\n\n', '</p>\n<p>')}</p>\n</td>`
}

/** Markdown with HTML tables. */
export function htmlPage(thing: string, rows: readonly MeantRow[], { next, pick }: Turns): string {
  const anchor = next() < 0.6 ? `<a name="EN-US_TOPIC_${Math.floor(next() * 1e9)}"></a>` : ''
  const plain = thing.toLowerCase().replaceAll(' ', '_')
  const verb = pick([
    ['Creating', 'POST', ''],
    ['Updating', 'PUT', `/\\{${plain}\\_id\\}`],
    ['Adding', 'POST', ''],
    ['Modifying', 'PUT', `/\\{${plain}\\_id\\}`],
  ] as const)
  const heading = (of: readonly string[]) => `${pick(['##', '##', '###'])} ${pick(of)}${anchor}`
  const line = `${verb[1]} /v2.0/${plain}s${verb[2]}`
  const order = pick([
    ['Parameter', 'Mandatory', 'Type', 'Description'],
    ['Name', 'Mandatory', 'Type', 'Description'],
    ['Parameter', 'Type', 'Mandatory', 'Description'],
    ['Parameter', 'Mandatory', 'Parameter Type', 'Description'],
    ['Attribute', 'Mandatory', 'Type', 'Description'],
    ['Parameter', 'Mandatory or Not', 'Type', 'Description'],
    ['Parameter', 'Description', 'Type', 'Mandatory'],
    ['Parameter', 'Required', 'Type', 'Remarks'],
  ])
  const [yes = '', no = ''] = pick([
    ['Yes', 'No'],
    ['Yes', 'No'],
    ['Yes.', 'No.'],
    ['Y', 'N'],
    ['True', 'False'],
    ['Mandatory', 'Optional'],
    ['yes', 'no'],
  ])
  const tag = pick(['strong', 'b', 'span'])
  const bold = (text: string) => `<${tag}>${text}</${tag}>`
  const row = (one: MeantRow) => {
    const text = `${described(one, pick, bold)}${linkOf(one)}`
    const cells: Readonly<Record<string, string>> = {
      Parameter: one.name,
      Name: one.name,
      Attribute: one.name,
      Mandatory: one.mandatory ? yes : no,
      'Mandatory or Not': one.mandatory ? yes : no,
      Required: one.mandatory ? yes : no,
      Remarks: text,
      Type: pick(typeWords[one.type]),
      'Parameter Type': pick(typeWords[one.type]),
      Description: text,
    }
    return `<tr>${order.map((column) => cell(cells[column] ?? '')).join('\n')}</tr>`
  }
  const head = `<thead><tr>${order.map((one) => `<th><p>${one}</p>\n</th>`).join('\n')}</tr></thead>`
  const id: MeantRow = { name: `${plain}_id`, type: 'string', mandatory: true }
  const table = (body: readonly MeantRow[]) =>
    `<table>${head}\n<tbody>${body.map((one) => row(one)).join('\n')}\n</tbody>\n</table>`
  const linkOf = ({ name, children }: MeantRow) =>
    children ? ` For details, see <a href="#table_${name}">Table ${inner(name)}</a>.` : ''
  const objects = rows.filter(({ children }) => children)
  const inner = (name: string) => 10 + objects.findIndex((one) => one.name === name)
  const innerTables = () =>
    objects
      .map(
        ({ name, children = [] }) =>
          `\n\n**Table  ${inner(name)}**  **${name}**  parameter description\n\n<a name="table_${name}"></a>\n${table(children)}`,
      )
      .join('')
  const caption = pick(['Parameter description', 'Request parameters', 'Description of parameters'])
  const path =
    verb[2] === '' || next() < 0.3
      ? ''
      : `**Table  1**  Parameter description\n\n${table([id])}\n\n`
  const number = path === '' ? 1 : 2
  const statuses = pick([
    'For details, see  [Status Codes](status-codes.md).',
    '-   Normal values\n\n    200\n',
    'For details about status codes, see  [Common Status Codes](common.md).',
    '',
  ])
  return [
    `# ${verb[0]} a ${thing}${anchor}`,
    `${heading(['Function', 'Function', 'Function Description', 'Functions'])}\n\nThis API is used to ${pick(['create', 'change'])} a ${thing.toLowerCase()}.`,
    `${heading(['URI', 'URI'])}\n\n${pick([line, `\`${line}\``, `\`\`\`\n${line}\n\`\`\``])}\n\n${path}`,
    ...(next() < 0.3
      ? [`${heading(['Constraints', 'Restrictions'])}\n\nA project has a limited number of them.`]
      : []),
    `${heading(['Request', 'Request', 'Request Parameters', 'Request Message'])}\n\n**Table  ${number}**  ${caption}\n\n${table(rows)}${innerTables()}`,
    `${heading(['Response', 'Response', 'Response Parameters', 'Response Message'])}\n\n${next() < 0.5 ? 'None' : `**Table  ${number + 1}**  ${caption}\n\n${table(rows.filter(({ children }) => !children))}`}`,
    ...(next() < 0.7
      ? [
          `${heading(['Example', 'Examples', 'Example Request'])}\n\n-   Example request\n\n    \`\`\`\n    ${line.replaceAll('\\', '').replace(/\{[^{}]*\}/, '5a9a3e9e-d1aa-448e-af37-a70171f2a332')}\n\n${example(rows).replaceAll(/^/gm, '    ')}\n    \`\`\`\n`,
        ]
      : []),
    ...(statuses === ''
      ? []
      : [`${heading(['Status Code', 'Status Codes', 'Returned Values'])}\n\n${statuses}`]),
  ].join('\n\n')
}

/** Markdown with pipe tables. */
export function pipePage(thing: string, rows: readonly MeantRow[], { next, pick }: Turns): string {
  const action = `${pick(['Create', 'Modify', 'Set', 'Update'])}${thing.replaceAll(' ', '')}`
  const attributes = next() < 0.6
  const mark = (what: string) => (attributes ? ` {#${what} .section}` : '')
  const order = pick([
    ['Parameter', 'Type', 'Required', 'Example', 'Description'],
    ['Parameter', 'Type', 'Required?', 'Example value', 'Description'],
    ['Parameter', 'Type', 'Required', 'Description'],
    ['Name', 'Type', 'Required', 'Description'],
  ])
  const bold = next() < 0.8 ? (text: string) => `**${text}**` : (text: string) => text
  const multi = next() < 0.6
  const line = (one: MeantRow, title: string, text: string) => {
    const cells: Readonly<Record<string, string>> = {
      Parameter: title,
      Name: title,
      Type: pick(typeWords[one.type]),
      Required: one.mandatory ? 'Yes' : 'No',
      'Required?': one.mandatory ? 'Yes' : 'No',
      Example: String(shown(one)),
      'Example value': String(shown(one)),
      Description: multi ? ` ${text}\n\n ` : text.replaceAll('\n\n', ' '),
    }
    return `|${order.map((column) => cells[column]).join('|')}|`
  }
  const table = (body: readonly string[]) =>
    [`|${order.join('|')}|`, `|${order.map(() => '---').join('|')}|`, ...body].join('\n')
  const own: MeantRow = { name: 'Action', type: 'string', mandatory: true }
  const actionText = pick([
    `The operation that you want to perform. Set the value to **${action}**.`,
    `The name of this action. Value: **${action}**`,
    `The operation that you want to perform. Set the value to ${action}.`,
  ])
  const described_ = rows.map((row) => line(row, camel(row.name), described(row, pick, bold)))
  const request = table([
    line(own, 'Action', actionText).replace('|text|', `|${action}|`),
    ...described_,
  ])
  const id: MeantRow = { name: 'RequestId', type: 'string', mandatory: true }
  const back = `|Parameter|Type|${pick(['Example', 'Example value'])}|Description|\n|---|---|---|---|\n|${id.name}|String|365F4154-92F6-4AE4-92F8-7FF34B540710|The ID of the request.|`
  const query = rows.map((row) => `&${camel(row.name)}=${String(shown(row))}`).join('')
  return [
    `# ${action}${attributes ? ` {#doc_api_${action} .reference}` : ''}`,
    pick([
      `Changes a ${thing.toLowerCase()}.`,
      `You can call this operation for a ${thing.toLowerCase()}.`,
    ]),
    ...(next() < 0.5
      ? [`## Debugging${mark('apiExplorer')}\n\nUse OpenAPI Explorer to call it.`]
      : []),
    `## ${pick(['Request parameters', 'Request parameters', 'Parameters'])}${mark('parameters')}\n\n${request}`,
    `## ${pick(['Response parameters', 'Return parameters', 'Response elements'])}${mark('resultMapping')}\n\n${back}`,
    ...(next() < 0.8
      ? [
          `## Examples${mark('demo')}\n\nSample requests\n\n\`\`\`\nhttp://slb.aliyuncs.com/?Action=${action}${query}\n&<CommonParameters>\n\`\`\`\n\nSample success responses\n\n\`JSON\` format\n\n\`\`\`\n{"RequestId":"365F4154-92F6-4AE4-92F8-7FF34B540710"}\n\`\`\``,
        ]
      : []),
    ...(next() < 0.6
      ? [`## Error codes\n\nFor a list of error codes, visit the API Error Center.`]
      : []),
  ].join('\n\n')
}
