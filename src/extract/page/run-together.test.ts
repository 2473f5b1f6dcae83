/** Cells without separators: where they can be cut, and where they cannot. */
import { expect, test } from 'vitest'
import { readApiPage } from '../findings/api-page.ts'
import { walk } from '../tables/fields.ts'
import { openPage } from './open-page.ts'
import { isSuspect, splitErrorRow, splitHeader, splitRowStart } from './run-together.ts'

test.each([
  [
    'ParameterTypeRequiredDescriptionExample',
    ['Parameter', 'Type', 'Required', 'Description', 'Example'],
  ],
  ['HTTP status codeError code', ['HTTP status code', 'Error code']],
  ['Parameters', undefined],
  ['Description', undefined],
])('header %s', (line, columns) => {
  expect(splitHeader(line)).toEqual(columns)
})

test.each([
  ['CupIdstringNo', true, { name: 'CupId', type: 'string', required: 'No' }],
  ['Typestring', false, { name: 'Type', type: 'string' }],
  ['Cupsobject []', false, { name: 'Cups', type: 'object []' }],
  ['Tag.1.Keyarray<string>', false, { name: 'Tag.1.Key', type: 'array<string>' }],
  [
    'Optionsmap<string, string>No',
    true,
    { name: 'Options', type: 'map<string, string>', required: 'No' },
  ],
  ['object', false, { name: '', type: 'object' }],
  ['A string of pearls', false, undefined],
  ['  Indentedstring', false, undefined],
  ['cn-hangzhou', false, undefined],
])('row %s', (line, required, start) => {
  expect(splitRowStart(line, required)).toEqual(start)
})

test('a mark that no rule knows makes a line suspect', () => {
  expect(isSuspect('CupIdstringNodeprecated')).toBe(true)
  expect(isSuspect('cn-hangzhou')).toBe(false)
})

test.each([
  [
    '404CupGoneThe cup is gone.Look elsewhere.',
    ['404', 'CupGone', 'The cup is gone.', 'Look elsewhere.'],
  ],
  ['500Cup.BrokenIt broke.', ['500', 'Cup.Broken', 'It broke.', '']],
  ['Ask the cook.', undefined],
])('error %s', (line, cells) => {
  expect(splitErrorRow(line)).toEqual(cells)
})

const NESTED = `Tea Service:DescribeTrays

Takes a look at trays.

Request parameters

ParameterTypeRequiredDescriptionExample
RegionIdstringYes

The region, a value of the service.

Note Ask for it.
north-1

Response parameters

ParameterTypeDescriptionExample
object

The answer.

Traysobject []

The trays.

TrayIdstring

The tray.

t-1
Cupsobject []

The cups.

CupIdstring

The cup.

c-1
Ownerobject

The owner.

Namestring

The name.

Ann
RequestIdstring

The request.

R-1
Lostinteger

Seen nowhere.

1

Examples

Sample success responses

JSONformat

{
  "Trays": { "Tray": [{ "TrayId": "t-1", "Cups": { "Cup": [{ "CupId": "c-1" }] }, "Owner": { "Name": "Ann" } }] },
  "RequestId": "R-1"
}
`

test('nesting of several levels comes from the example', () => {
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(NESTED)))
  expect([...walk(api.fields.response)].map(({ at }) => at)).toEqual([
    'response.Trays',
    'response.Trays.TrayId',
    'response.Trays.Cups',
    'response.Trays.Cups.CupId',
    'response.Trays.Owner',
    'response.Trays.Owner.Name',
    'response.RequestId',
    'response.Lost',
  ])
  expect(api.fields.request[0]?.sample).toBe('north-1')
  expect(findings.filter(({ id }) => id.includes('nesting')).map(({ id }) => id)).toEqual([])
})
