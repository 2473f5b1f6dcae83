import { describe, expect, test } from 'vitest'
import { htmlPage } from './html.ts'
import { junitXml } from './junit.ts'
import { summaryMarkdown } from './markdown.ts'
import { sampleReport } from './sample-report.ts'

const setUp = [
  {
    id: 'elb/create-pool/response.pool.name.type',
    level: 'must',
    target: 'staging-eu',
    message: 'pool.name must be string; it is 7. <b>',
    metIn: 'elb/delete-pool/members-first',
  },
] as const

const writers = { 'the page': htmlPage, junit: junitXml, 'the summary': summaryMarkdown }

const failures = (xml: string) => /failures="(\d+)"/.exec(xml)?.[1]

describe.each(Object.entries(writers))('in %s', (_name, write) => {
  test('what set-up did not keep has a section of its own', () => {
    const text = write({ ...sampleReport(3, 1), setUp })
    expect(text).toMatch(/outside the verdict/)
    expect(text).toContain('elb/create-pool/response.pool.name.type')
  })

  test('there is none where everything was kept', () => {
    expect(write(sampleReport(3, 1))).not.toMatch(/outside the verdict/)
  })
})

test('nothing fails in junit because of it', () => {
  const plain = sampleReport(3, 1)
  expect(failures(junitXml({ ...plain, setUp }))).toBe(failures(junitXml(plain)))
})

test('what an answer says is text on the page', () => {
  const page = htmlPage({ ...sampleReport(3, 1), setUp })
  expect(page).toContain('it is 7. &lt;b&gt;')
})
