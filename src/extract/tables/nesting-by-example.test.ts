/** Branches that a pipe table prints on one level, put where the examples show them. */
import { expect, test } from 'vitest'
import { readApiPage } from '../findings/api-page.ts'
import { walk } from './fields.ts'
import { openPage } from '../page/open-page.ts'

const row = (...cells: readonly string[]): string => `|${cells.join('|')}\n\n |\n`

const PAGE = `# DescribeTrays {#doc_api_000002 .reference}

Tells of the trays, for a guest and for the cook.

## Response parameters {#r2 .section}

|Parameter|Type|Example value|Description|
|---------|----|-------------|-----------|
${row('Trays', 'N/A', 'N/A', 'The trays.')}${row('└TrayId', 'String', 't-1', 'A tray.')}${row('└Contents', 'N/A', 'N/A', 'What is on it.')}${row('└Cups', 'N/A', 'N/A', 'The cups.')}${row('└CupId', 'String', 'c-1', 'A cup.')}${row('└Colour', 'String', 'red', 'Seen nowhere.')}${row('RequestId', 'String', 'R-1', 'The request.')}
## Examples {#d1 .section}

\`\`\` {#json_return_success_demo}
{
	"Trays": { "Tray": [ { "TrayId": "t-1" }, { "TrayId": "t-2", "Contents": { "Cups": { "Cup": [ { "CupId": "c-1" } ] } } } ] },
	"RequestId": "R-1"
}
\`\`\`
`

test('each field goes where an example has it; one that none has is reported', () => {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(PAGE)))
  expect([...walk(api.fields.response)].map(({ at }) => at)).toEqual([
    'response.Trays',
    'response.Trays.TrayId',
    'response.Trays.Contents',
    'response.Trays.Contents.Cups',
    'response.Trays.Contents.Cups.CupId',
    'response.Trays.Colour',
    'response.RequestId',
  ])
  const nesting = findings.filter(({ id }) => id.includes('nesting'))
  expect(nesting.map(({ id }) => id)).toEqual([
    'slb/describe-trays/response.Trays.Colour/nesting-not-shown',
  ])
})

const FLAT = `# DescribeTrays {#doc_api_000002 .reference}

Tells of the trays, for a guest and for the cook.

## Response parameters {#r2 .section}

|Parameter|Type|Example value|Description|
|---------|----|-------------|-----------|
|Trays|Array of Tray| |The trays. |
|Tray| | | |
|TrayId|String|t-1|A tray. |
|Stain|String|tea|Seen nowhere. |
|Colours|List|red|The colours. |
|Spares|Array| |What is kept. |
|SpareId|String|s-1|A spare. |
|RequestId|String|R-1|The request. |

## Examples {#d1 .section}

\`\`\` {#json_return_success_demo}
{ "Trays": { "Tray": [ { "TrayId": "t-1", "Colours": { "Colour": [ "red" ] } } ] }, "Spares": { "Spare": [ { "SpareId": "s-1" } ] }, "RequestId": "R-1" }
\`\`\`
`

test('a table without branches is nested as the example shows it', () => {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(FLAT)))
  expect([...walk(api.fields.response)].map(({ at, type }) => [at, type?.type])).toEqual([
    ['response.Trays', 'object'],
    ['response.Trays.Tray', 'array'],
    ['response.Trays.Tray.TrayId', 'string'],
    ['response.Trays.Tray.Stain', 'string'],
    ['response.Trays.Tray.Colours', 'array'],
    ['response.Spares', 'array'],
    ['response.Spares.SpareId', 'string'],
    ['response.RequestId', 'string'],
  ])
  expect(findings.filter(({ kind }) => kind === 'contradiction')).toEqual([])
})
