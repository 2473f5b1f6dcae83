import { expect, it, test } from 'vitest'
import { differencesIn, shownIn } from './difference.ts'
import type { Purpose } from '../model.ts'
import { findingText } from './finding-text.ts'
import { htmlPage } from './html.ts'
import { pretty } from './pretty.ts'
import { sampleReport } from './sample-report.ts'

it('sets an answer against what was expected', () => {
  const reason =
    'PUT /pools/1 answered 500 with {"a":"x, y"}, expected a refusal (4xx). It was still there.'
  expect(differencesIn(reason)).toEqual([
    {
      place: 'PUT /pools/1',
      expected: 'a refusal (4xx)',
      actual: '500 with {"a":"x, y"}',
      shownAs: { status: 500 },
    },
  ])
})

it('sets each value against the one before', () => {
  const reason =
    'Something changed that should not have: pools.1.name was "a", is "b"; pools.1.up is gone (it was true); pools.2 is new ({"id":2}).'
  expect(
    differencesIn(reason).map(({ place, expected, actual }) => [place, expected, actual]),
  ).toEqual([
    ['pools.1.name', '"a"', '"b"'],
    ['pools.1.up', 'true', '(absent)'],
    ['pools.2', '(absent)', '{"id":2}'],
  ])
})

it('sets each value against the expected one', () => {
  const reason =
    'The pool is not as expected: name: expected "a", got "b"; members.0 is missing (expected {"id":1}); members.1 is unexpected ({"id":2}).'
  expect(
    differencesIn(reason).map(({ place, expected, actual }) => [place, expected, actual]),
  ).toEqual([
    ['name', '"a"', '"b"'],
    ['members.0', '{"id":1}', '(absent)'],
    ['members.1', '(absent)', '{"id":2}'],
  ])
})

it('sets a whole value against the expected one', () => {
  expect(differencesIn('The number of members is not as expected: expected 3, got 7.')).toEqual([
    { place: 'The number of members', expected: '3', actual: '7', shownAs: undefined },
  ])
})

it('leaves out the circumstances of a failure', () => {
  const reason = 'The number is not as expected: expected 3, got 7. It failed when the pool is TCP.'
  expect(differencesIn(reason).map(({ actual }) => actual)).toEqual(['7'])
})

test.each(['Anything else.', '', ' answered , expected ', 'was a, is '.repeat(9_000)])(
  'says nothing of a reason worded in another way: %#',
  (reason) => {
    expect(differencesIn(reason)).toEqual([])
  },
)

it('finds the last exchange that shows it', () => {
  const [, finding] = sampleReport(2).findings
  const [difference] = differencesIn(finding!.reason!)
  expect(shownIn(finding!, difference!, pretty)).toBe(3)
})

it('is marked in place on the page, and written out for a terminal', () => {
  const page = htmlPage(sampleReport(2))
  expect(page).toMatch(/<mark>HTTP 204<\/mark>\s*<ins>expected: a refusal \(4xx\)<\/ins>/)
  const [, finding] = sampleReport(2).findings
  expect(findingText(finding!)).toContain(
    '    expected: a refusal (4xx)\n    actual:   204 without a body\n',
  )
  expect(findingText({ ...finding!, evidence: [], evidenceApart: 9 })).toContain(
    '9 exchanges, which are in evidence.json.gz',
  )
})

it('shows headers and credentials of what was arranged, as of what was asked; clean-up is one line', () => {
  const [, finding] = sampleReport(2).findings
  const [first] = finding!.evidence
  const credentials = { name: 'X-Auth-Token', value: '(redacted)' }
  const of = (purpose: Purpose) => ({
    ...first!,
    purpose,
    request: { ...first!.request, url: `https://elb.example/${purpose}`, credentials },
  })
  const text = findingText({ ...finding!, evidence: [of('arrange'), of('ask'), of('clean-up')] })
  const sent = String.raw`[^\n]*\n   sent:\n(?:     [^\n]+\n)*     X-Auth-Token: \(redacted\)\n`
  expect(text).toMatch(new RegExp(`1. arrange: ${sent}`))
  expect(text).toMatch(new RegExp(`2. ask: ${sent}`))
  expect(text).toMatch(/3. clean-up: [^\n]*\n$/)
})
