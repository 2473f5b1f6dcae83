/** Right answers with one part replaced: they get further into checks than what is odd as a whole. */

import * as fc from 'fast-check'

/** One a line: JSON that some code does not expect where it stands. */
const strange = String.raw`
null
true
0
-1
1e999
""
[]
{}
[null]
[[]]
[{}]
{"id":null}
"\ud800"
"\u0000"
"\u202e"
".."
"../x"
"%2e%2e"
"a b"
"__proto__"
{"__proto__":{"id":"1"}}
{"constructor":1}
{"toString":1,"valueOf":1}
{"then":1}
{"length":-1}
[{"id":"1"},{"id":"1"}]
"ACTIVE"
"2027-01-31T00:00:00Z"
`

/** JSON as text, because some of it is the text of no value. */
export const oddParts: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...strange.trim().split('\n')) },
  fc.constantFrom(
    `"${'x'.repeat(100_000)}"`,
    `[${'0,'.repeat(2_000)}0]`,
    '['.repeat(90) + ']'.repeat(90),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }).map((text) => JSON.stringify(text)),
  fc.json({ maxDepth: 3 }),
)

/** @param place - Of the part, counted through the answer, and around again. */
export function altered(text: string, place: number, part: string): string {
  const body = read(text)
  if (typeof body !== 'object' || body === null) return part
  const mark = 'the part that is replaced'
  const wanted = place % parts(body)
  let count = -1
  const marked = JSON.stringify(body, (_key, value: unknown) => {
    count += 1
    return count === wanted ? mark : value
  })
  return marked.replace(JSON.stringify(mark), () => part)
}

function parts(body: unknown): number {
  let count = 0
  JSON.stringify(body, (_key, value: unknown) => {
    count += 1
    return value
  })
  return count
}

function read(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
