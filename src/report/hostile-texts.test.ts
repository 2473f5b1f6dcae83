import { DomUtils, parseDocument } from 'htmlparser2'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import markdownIt from 'markdown-it'
import pc from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { Verdict } from '../model.ts'
import { allureAttachment, allureDescription } from './allure-text.ts'
import { annotations } from './annotations.ts'
import { badgeSvg } from './badge.ts'
import { codeQuality } from './code-quality.ts'
import { comparison, type Comparison } from './comparison.ts'
import { comparisonPage } from './comparison-page.ts'
import { comparisonMarkdown, comparisonText } from './comparison-text.ts'
import { conformanceJson } from './conformance.ts'
import { closing } from './console.ts'
import { ctrf } from './ctrf.ts'
import { findingText } from './finding-text.ts'
import { har } from './har.ts'
import { sarif } from './sarif.ts'
import { hostileTexts } from './hostile-texts.ts'
import { htmlPage } from './html.ts'
import { junitXml } from './junit.ts'
import { legible, onOneLine } from './legible.ts'
import { summaryMarkdown } from './markdown.ts'
import { exchangesOf, reportOf } from './report-of-text.ts'
import type { Report } from './report.ts'

/** What a reader cannot see, or a terminal obeys; written out here, apart from the expression of `legible`. */
function hidden(text: string): string[] {
  const ranges = [
    [0x0, 0x8],
    [0xb, 0x1f],
    [0x7f, 0x9f],
    [0xad, 0xad],
    [0x34f, 0x34f],
    [0x61c, 0x61c],
    [0x180b, 0x180f],
    [0x200b, 0x200f],
    [0x2028, 0x202e],
    [0x2060, 0x206f],
    [0x3164, 0x3164],
    [0xd800, 0xdfff],
    [0xfdd0, 0xfdef],
    [0xfe00, 0xfe0f],
    [0xfeff, 0xfeff],
    [0xffa0, 0xffa0],
    [0xfff0, 0xfffb],
    [0xfffe, 0xffff],
    [0x1fffe, 0x1ffff],
    [0xe0000, 0xe0fff],
  ]
  return (text.match(/[^\n\t -~]/gu) ?? []).filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return ranges.some(([first = 0, last = 0]) => point >= first && point <= last)
  })
}

/**
 * The lines that a runner would execute, by its own grammar: GitHub trims the beginning of a line and looks for
 * `::name ::`, and for `##[name]` anywhere; Azure for `##vso[name]` and `##[name]`, in any case.
 */
function commands(text: string): string[] {
  return text.split(/\r\n|[\n\r\u0085\u2028\u2029]/).filter((line) => {
    const trimmed = line.trimStart()
    const byColons = trimmed.startsWith('::') && trimmed.includes('::', 2)
    const lower = line.toLowerCase()
    return byColons || ['##[', '##vso[', '##teamcity['].some((begin) => lower.includes(begin))
  })
}

const isSafe = (text: string) => hidden(text).length === 0 && commands(text).length === 0

/** Those of the hundred of which something does not hold. */
function failing(holds: (text: string, report: Report) => boolean): string[] {
  return hostileTexts.filter((text) => !holds(text, reportOf(text)))
}

const harmless = reportOf('text')
const notAsked = (text: string) => ({ ...reportOf(text), notAsked: text })

function description(text: string): string {
  return allureDescription({ text, source: text }, exchangesOf(text))
}

it('are a hundred, all different, and hostile', () => {
  expect(new Set(hostileTexts).size).toBe(100)
  expect(hostileTexts.filter((text) => hidden(text).length > 0).length).toBeGreaterThan(50)
  expect(hostileTexts.filter((text) => commands(text).length > 0).length).toBeGreaterThan(12)
})

describe('each of a hundred hostile texts', () => {
  it('is made legible, and is not changed a second time', () => {
    expect(failing((text) => isSafe(legible(text)))).toEqual([])
    expect(failing((text) => legible(legible(text)) === legible(text))).toEqual([])
    expect(failing((text) => !/[\n\t]/.test(onOneLine(text)))).toEqual([])
  })

  it('has no effect on a terminal or in the log of a CI runner', () => {
    const colours = pc.createColors(false)
    expect(failing((text, report) => isSafe(closing(report, text, colours)))).toEqual([])
  })

  it('is as harmless as the reason why nothing was asked', () => {
    for (const write of [junitXml, htmlPage, summaryMarkdown, conformanceJson]) {
      expect(failing((text, report) => isSafe(write({ ...report, notAsked: text })))).toEqual([])
    }
    const [xml, page] = [junitXml(notAsked('text')), htmlPage(notAsked('text'))]
    for (const text of hostileTexts) {
      expect(elementsOf(junitXml(notAsked(text)))).toEqual(elementsOf(xml))
      expect(shapeOf(htmlPage(notAsked(text)))).toEqual(shapeOf(page))
    }
  })

  it('keeps its value in conformance.json, and is legible there', () => {
    expect(failing((_, report) => isSafe(conformanceJson(report)))).toEqual([])
    for (const text of hostileTexts) {
      expect(JSON.parse(conformanceJson(reportOf(text)))).toMatchObject(reportOf(text))
    }
  })

  it('can be read as legible text from a junit.xml of the same elements', () => {
    expect(failing((_, report) => isSafe(junitXml(report)))).toEqual([])
    expect(failing((_, report) => XMLValidator.validate(junitXml(report)) === true)).toEqual([])
    const elements = elementsOf(junitXml(harmless))
    expect(elements.filter((name) => name === 'failure')).toHaveLength(2)
    for (const text of hostileTexts) {
      const xml = junitXml(reportOf(text))
      const failure = failureOf(xml)
      expect(elementsOf(xml)).toEqual(elements)
      expect(failure['@message']).toBe(onOneLine(text))
      expect(failure['#text'].split(legible(text).trim()).length).toBeGreaterThan(4)
    }
  })

  it('adds no element, attribute or link to the page', () => {
    expect(failing((_, report) => isSafe(htmlPage(report)))).toEqual([])
    const shape = shapeOf(htmlPage(harmless))
    expect(shape).toContain('article class id')
    for (const text of hostileTexts) expect(shapeOf(htmlPage(reportOf(text)))).toEqual(shape)
  })

  it('is plain words or code in the summary', () => {
    expect(failing((_, report) => isSafe(summaryMarkdown(report)))).toEqual([])
    const blocks = blocksOf(summaryMarkdown(harmless))
    expect(blocks).toContain('list_item_open')
    for (const text of hostileTexts)
      expect(blocksOf(summaryMarkdown(reportOf(text)))).toEqual(blocks)
  })

  it('is plain words or code in what Allure shows', () => {
    expect(failing((text) => isSafe(description(text)))).toEqual([])
    const blocks = blocksOf(description('text'))
    for (const text of hostileTexts) {
      expect(blocksOf(description(text))).toEqual(blocks)
      const attachment = allureAttachment(exchangesOf(text))
      expect(JSON.parse(attachment)).toEqual(exchangesOf(text))
      expect(isSafe(attachment)).toBe(true)
    }
  })
})

describe('each of them in the further formats', () => {
  it('leaves SARIF, CTRF, code quality and HAR as JSON that hides and commands nothing', () => {
    for (const write of [sarif, ctrf, codeQuality, har]) {
      expect(failing((_, report) => isSafe(write(report)))).toEqual([])
      const shape = keysOf(JSON.parse(write(harmless)))
      const another = hostileTexts.filter((text) => {
        return keysOf(JSON.parse(write(reportOf(text)))) !== shape
      })
      expect([write.name, another]).toEqual([write.name, []])
    }
  })

  it('keeps its value in HAR', () => {
    for (const text of hostileTexts) {
      const { log } = JSON.parse(har(reportOf(text))) as HarLog
      expect(log.entries[0]?.response.content.text).toBe(text)
    }
  })

  it('begins no command of GitHub but the annotation that it is in', () => {
    const lines = annotations(harmless).split('\n')
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(1)
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(3)
    for (const text of hostileTexts) {
      const own = annotations(reportOf(text)).split('\n')
      expect(own.map((line) => /^::\w+/.exec(line)?.[0])).toEqual(
        lines.map((line) => /^::\w+/.exec(line)?.[0]),
      )
      expect(own.filter((line) => hidden(line).length > 0 || isCommandOfAzure(line))).toEqual([])
    }
  })

  it('adds nothing to a badge', () => {
    expect(failing((_, report) => isSafe(badgeSvg(report)))).toEqual([])
    expect(failing((_, report) => badgeSvg(report) === badgeSvg(harmless))).toEqual([])
  })
})

describe('each of them in what is shown of one finding, and of two reports', () => {
  it('has no effect on a terminal', () => {
    expect(failing((_, { findings }) => findings.every((one) => isSafe(findingText(one))))).toEqual(
      [],
    )
    expect(failing((text) => isSafe(comparisonText(comparedWith(text))))).toEqual([])
  })

  it('is plain words or code in the Markdown of a comparison', () => {
    expect(failing((text) => isSafe(comparisonMarkdown(comparedWith(text))))).toEqual([])
    const blocks = blocksOf(comparisonMarkdown(comparedWith('text')))
    expect(blocks).toContain('list_item_open')
    for (const text of hostileTexts)
      expect(blocksOf(comparisonMarkdown(comparedWith(text)))).toEqual(blocks)
  })

  it('adds no element, attribute or link to the page of a comparison', () => {
    expect(failing((text) => isSafe(comparisonPage(comparedWith(text))))).toEqual([])
    const shape = shapeOf(comparisonPage(comparedWith('text')))
    expect(shape.length).toBeGreaterThan(20)
    for (const text of hostileTexts)
      expect(shapeOf(comparisonPage(comparedWith(text)))).toEqual(shape)
  })
})

/** The text is in both reports, and each has a requirement that the other does not have. */
function comparedWith(text: string): Comparison {
  const [before, after] = [reportOf(text), reportOf(text)]
  const appeared = before.findings.map((one) => ({ ...one, verdict: opposite(one.verdict) }))
  return comparison({ ...before, findings: appeared }, after)
}

function opposite(verdict: Verdict): Verdict {
  return verdict === 'pass' ? 'fail' : 'pass'
}

interface HarLog {
  readonly log: {
    readonly entries: readonly {
      readonly response: { readonly content: { readonly text: string } }
    }[]
  }
}

/** The keys of a document in their order, without its values. */
function keysOf(document: unknown): string {
  return JSON.stringify(document, (_key, value: unknown) =>
    typeof value === 'object' && value !== null ? value : typeof value,
  )
}

/** Azure and TeamCity find a command anywhere in a line. */
function isCommandOfAzure(line: string): boolean {
  return ['##[', '##vso[', '##teamcity['].some((begin) => line.toLowerCase().includes(begin))
}

const xmlParser = new XMLParser({
  attributeNamePrefix: '@',
  ignoreAttributes: false,
  parseAttributeValue: false,
  parseTagValue: false,
  isArray: (name) => ['testcase', 'testsuite'].includes(name),
})

interface Failure {
  readonly '@message': string
  readonly '#text': string
}

function failureOf(xml: string): Failure {
  const { testsuites } = xmlParser.parse(xml) as {
    testsuites: { testsuite: { testcase: { failure?: Failure }[] }[] }
  }
  const cases = testsuites.testsuite.flatMap(({ testcase }) => testcase)
  return cases.find(({ failure }) => failure)!.failure!
}

/** The names of all elements and attributes, in order. */
function elementsOf(xml: string): string[] {
  const document = parseDocument(xml, { xmlMode: true })
  const elements = DomUtils.getElementsByTagName('*', document)
  return elements.flatMap(({ name, attribs }) => [name, ...Object.keys(attribs)])
}

/** Every element of a page with the names of its attributes, and every link out of the page. */
function shapeOf(page: string): string[] {
  return DomUtils.getElementsByTagName('*', parseDocument(page)).flatMap(({ name, attribs }) => {
    const { href = '#' } = attribs
    return [[name, ...Object.keys(attribs)].join(' '), ...(href.startsWith('#') ? [] : [href])]
  })
}

const renderer = markdownIt({ html: true, linkify: true })

/** The blocks of a document and the marks in its lines, but for code spans, which may be any number. */
function blocksOf(markdown: string): string[] {
  return renderer.parse(markdown, {}).flatMap(({ type, children }) => {
    const inline = (children ?? []).map((child) => child.type)
    const marks = inline.filter((one) => !['text', 'text_special', 'code_inline'].includes(one))
    return [type, ...marks]
  })
}
