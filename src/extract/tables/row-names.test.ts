/** Rows that name several fields, or whose names a line was broken in. */
import { expect, test } from 'vitest'
import { fields, html, request, table } from '../odd-page.ts'

test.each(['least/most', 'least / most', 'least or most'])(
  '"%s" names two fields, and none of them is required',
  (name) => {
    const { at, drafted } = request([name, 'Yes', 'Integer', 'A size.'])
    expect(at).toEqual({ least: { type: 'integer' }, most: { type: 'integer' } })
    expect(drafted.document.request).not.toHaveProperty('required')
    expect(drafted.findings.map(({ rule }) => rule)).toContain('row-of-several-names')
    expect(drafted.settled.unsettled).toEqual([])
  },
)

test.each(['cups.io/size', 'size/size', 'size in g/ml'])('"%s" does not', (name) => {
  const { drafted } = request([name, 'Yes', 'Integer', 'A size.'])
  expect(drafted.findings.map(({ rule }) => rule)).not.toContain('row-of-several-names')
})

test.each([
  ['jar-size -least', 'jar-size-least'],
  ['ListJars Result', 'ListJarsResult'],
])('"%s" is %s', (printed, name) => {
  const { at, drafted } = request([printed, 'No', 'String', 'It.'])
  expect(Object.keys(at as object)).toEqual([name])
  expect(drafted.findings.map(({ rule }) => rule)).toContain('blank-in-name')
})

test('names that a user makes up are no property', () => {
  const { at } = request(['User customization', 'No', 'String', 'A tag.'])
  expect(at).toEqual({})
})

test('a column of form fields has names', () => {
  const { document } = html({
    request: table(['Form Field', 'Description', 'Remarks'], ['lid', 'The lid.', 'None']),
  })
  expect(Object.keys(fields(document.request) as object)).toEqual(['lid'])
})
