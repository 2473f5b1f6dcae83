import { describe, expect, it } from 'vitest'
import { beginning, legible, onOneLine } from './legible.ts'

describe('legible', () => {
  it.each([
    ['\u0000', '\\u0000'],
    ['\u001b[31mred', '\\u001b[31mred'],
    ['a\u202eb', 'a\\u202eb'],
    ['\ud800', '\\ud800'],
    ['\udc00x', '\\udc00x'],
    ['a\ud83d', 'a\\ud83d'],
    ['\uffff', '\\uffff'],
    ['zero\u200bwidth', 'zero\\u200bwidth'],
    ['\u{e0001}', '\\udb40\\udc01'],
    ['a\n ::error::b', 'a\n \\u003a:error::b'],
    ['a ##[group]', 'a \\u0023#[group]'],
    ['###vso[x]', '#\\u0023#vso[x]'],
  ])('spells out invisible characters: %j', (text, spelled) => {
    expect(legible(text)).toBe(spelled)
  })

  it('leaves the rest as it is, emoji and line feeds among it', () => {
    expect(legible('😀 é\n\t<b>')).toBe('😀 é\n\t<b>')
  })

  it.each(['a::b', 'std::string', '# heading', '## heading [link]', '#[x]'])(
    'leaves %s',
    (text) => {
      expect(legible(text)).toBe(text)
    },
  )

  it('ends soon on long texts, since every expression is linear', () => {
    const hostile = ['\u202e', '#', ':', ' ', '##a', '\n:', '\ud800'].map((part) =>
      part.repeat(300_000),
    )
    expect(hostile.map((text) => legible(text).length >= text.length)).not.toContain(false)
  })

  it('reads the line ends of HTTP as line feeds, but shows a lone carriage return', () => {
    expect(legible('a\r\nb\rc')).toBe('a\nb\\u000dc')
  })
})

describe('onOneLine', () => {
  it('joins lines by single spaces', () => {
    expect(onOneLine(' a\n  b\tc ')).toBe('a b c')
  })
})

describe('beginning', () => {
  it('keeps a short text whole', () => {
    expect(beginning('abc', 3)).toBe('abc')
  })

  it('says how much is missing', () => {
    expect(beginning('a'.repeat(1500), 10)).toBe(
      `${'a'.repeat(10)}\n… 1,490 more characters; conformance.json has them all.`,
    )
  })

  it('never cuts an emoji in two', () => {
    expect(beginning('ab😀cd', 3)).toMatch(/^ab\n… 4 more/)
  })
})
