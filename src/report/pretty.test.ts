import { expect, it } from 'vitest'
import { parameters, pretty } from './pretty.ts'

it('indents JSON', () => {
  expect(pretty('{"a":[1,{"b":null}],"c":{},"d":[]}')).toBe(
    '{\n  "a": [\n    1,\n    {\n      "b": null\n    }\n  ],\n  "c": {},\n  "d": []\n}',
  )
})

it('changes nothing but white space: duplicate keys, big numbers and escapes stay', () => {
  const body = '{"id":12345678901234567890,"id":1.0,"t":"a\\u0041 {,} \\"q\\""}'
  expect(pretty(body).replaceAll(/\n\s*|(?<=":) /g, '')).toBe(body)
})

it('leaves alone what only looks like JSON', () => {
  expect(pretty('{"a":1')).toBe('{"a":1')
  expect(pretty('[not json]')).toBe('[not json]')
})

it('indents XML and keeps a text beside its tag', () => {
  expect(pretty('<?xml version="1.0"?><A><B>1</B><C/><D><E>x</E></D></A>')).toBe(
    '<?xml version="1.0"?>\n<A>\n  <B>1</B>\n  <C/>\n  <D>\n    <E>x</E>\n  </D>\n</A>',
  )
})

it('survives XML that is not well-formed', () => {
  expect(pretty('<a></b></b></b>')).toContain('</b>')
})

it('leaves HTML alone', () => {
  const page = '<!DOCTYPE html><html><p>x</p></html>'
  expect(pretty(page)).toBe(page)
})

it('shows a form one decoded parameter to a line', () => {
  expect(pretty('Action=Remove&BackendServers=%5B%7B%22ServerId%22%3A%22i-1%22%7D%5D')).toBe(
    'Action = Remove\nBackendServers = [{"ServerId":"i-1"}]',
  )
})

it('shows what is not percent-encoded as it came', () => {
  expect(parameters('a=%zz&b')).toBe('a = %zz\nb = ')
})

it('does not take empty braces inside a string apart', () => {
  expect(pretty('{"a":"{ }"}')).toBe('{\n  "a": "{ }"\n}')
})

it.each([
  ['nested', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['nested XML', '<a>'.repeat(15_000)],
  ['unfinished', `{"a":${'['.repeat(49_000)}`],
  ['escaped', `{"a":"${'\\\\'.repeat(20_000)}"}`],
  ['endless', `{"a":"${'x'.repeat(5_000_000)}"}`],
])('reads a hostile body in time that grows with its length: %s', (_, body) => {
  // In quadratic time this would take longer than a test may.
  expect(pretty(body).length).toBeLessThan(6_000_000)
})
