import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, it } from 'vitest'
import { xmlOf } from './xml.ts'

const parser = new XMLParser({ parseTagValue: false, trimValues: false })

it('repeats the element of a list, and writes an empty element for an empty list', () => {
  const text = xmlOf('R', {
    Full: { One: [1, 2] },
    Empty: { One: [] },
    None: null,
    Gone: undefined,
  })
  expect(XMLValidator.validate(text)).toBe(true)
  expect(parser.parse(text)).toMatchObject({
    R: { Full: { One: ['1', '2'] }, Empty: '', None: '' },
  })
  expect(text).toContain('<Empty/>')
  expect(text).not.toContain('Gone')
})

it('keeps every text that XML allows', () => {
  const Text = `<a href="x">'&amp;' ]]> é 中 \u{1F600}`
  expect(parser.parse(xmlOf('R', { Text }))).toHaveProperty('R.Text', Text)
})

it('replaces characters that XML does not allow', () => {
  expect(xmlOf('R', '\u0000a\u0008\uFFFF')).toContain('<R>\uFFFDa\uFFFD\uFFFD</R>')
})
