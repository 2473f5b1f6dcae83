import { createHash } from 'node:crypto'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, it } from 'vitest'
import { htmlPage } from './html.ts'
import type { RecordedExchange } from '../model.ts'
import type { Finding, Report } from './report.ts'
import { sampleReport } from './sample-report.ts'

function only(change: Partial<Finding>): Report {
  const report = sampleReport(1)
  return { ...report, findings: report.findings.map((finding) => ({ ...finding, ...change })) }
}

function asked(change: Partial<RecordedExchange>): RecordedExchange {
  const request = { method: 'GET', url: '/', headers: [] }
  return { purpose: 'ask', request, milliseconds: 1, ...change }
}

/** Every name of an attribute on the page. */
function attributesOf(page: string): string[] {
  const bare = page.replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
  const tags = (bare.match(/<[^>]*>/g) ?? []).map((tag) => tag.replaceAll(/"[^"]*"/g, '""'))
  return [...new Set(tags.flatMap((tag) => tag.match(/(?<=\s)[^\s=>]+/g) ?? []))]
}

describe('what a reviewer sees first', () => {
  const page = htmlPage(sampleReport())

  it('is what was tested, the result, and how to repeat it', () => {
    const head = page.slice(page.indexOf('<header'), page.indexOf('</header>'))
    const facts = [
      '2 of 40 requirements are broken',
      'https://elb.staging-eu.example/gateway',
      '2026-03-14 at 09:26:53 UTC',
      'k3f9a2',
      'poolproof run --target staging-eu.json --target shanghai.json --seed 7',
    ]
    for (const fact of facts) expect(head).toContain(fact)
  })

  it('is followed by what needs attention, before all the rest', () => {
    const places = ['Needs attention', '2 requirements broken', 'Stale waivers', 'Inconclusive']
    const order = [...places, 'Left behind', 'All requirements', 'Not observable'].map((title) =>
      page.search(new RegExp(`<h[23][^>]*>${title}`)),
    )
    expect(order.every((place) => place > 0)).toBe(true)
    expect(order).toEqual(order.toSorted((one, other) => one - other))
  })

  it('begins with why nothing was asked, and with faults of ours', () => {
    const page = htmlPage({
      ...sampleReport(1),
      notAsked: 'Wrong token.',
      faults: ['TypeError: x'],
    })
    const titles = Array.from(page.matchAll(/<h3>(.*?)<\/h3>/g), ([, title]) => title)
    expect(titles.slice(0, 2)).toEqual(['Nothing was asked', 'Faults of Poolproof'])
    for (const text of ['Wrong token.', 'TypeError: x']) expect(page).toContain(text)
  })

  it('says so when nothing needs attention', () => {
    const well = { ...sampleReport(1), staleWaivers: [], leftovers: [] }
    expect(htmlPage(well)).toContain('Nothing: no requirement is broken')
  })
})

describe('what was observed of a target', () => {
  const notOffered = [{ what: 'GET /v2.0/lbaas/l7policies', evidence: 'GET …/l7policies → 404' }]
  const found = { readLagMilliseconds: 340, notOffered }
  const [first, second] = sampleReport(2).targets

  it('is on the page, with how late its reads are', () => {
    const page = htmlPage({ ...sampleReport(1), targets: [{ ...first!, found }] })
    expect(page).toContain('Observed about this target')
    expect(page).toContain('Reads follow writes within 340 ms.')
    expect(page).toContain('<code>GET /v2.0/lbaas/l7policies</code> is not offered')
  })

  it('is shown for each target, except one that was not asked', () => {
    const atOnce = { readLagMilliseconds: 0, notOffered: [] }
    const targets = [
      { ...first!, found },
      { ...second!, found: atOnce },
    ]
    const page = htmlPage({ ...sampleReport(2), targets })
    expect(page).toContain('Observed about these targets')
    expect(page.match(/Reads follow writes/g)).toHaveLength(2)
    expect(page).toContain('Reads follow writes at once.')
    expect(htmlPage(sampleReport(2))).not.toContain('Observed about')
  })
})

describe('the evidence', () => {
  it('of a failure is open where it asks and looks, folded elsewhere', () => {
    const page = htmlPage(sampleReport(2))
    const article = page.slice(page.indexOf('<article'), page.indexOf('</article>'))
    expect(article).toMatch(/<li class="ask">\s*<details open>/)
    expect(article).toMatch(/<li class="look">\s*<details open>/)
    expect(article).toMatch(/<li class="arrange">\s*<details>/)
    expect(article).toMatch(/<li class="clean-up">\s*<details>/)
  })

  it('is on the page once', () => {
    const page = htmlPage(sampleReport(2))
    expect(page.match(/id="staging-eu\/elb\/delete-pool\/members-first"/g)).toHaveLength(1)
    expect(page).toContain('href="#staging-eu/elb/delete-pool/members-first"')
  })

  it('refers to a body shown before, and shows it again where that one is folded', () => {
    const response = { status: 200, headers: [], body: JSON.stringify({ name: 'x'.repeat(80) }) }
    const purposes = ['look', 'ask', 'look'] as const
    const evidence = purposes.map((purpose) => asked({ purpose, response }))
    const page = htmlPage(only({ verdict: 'fail', reason: 'Broken.', evidence }))
    expect(page).toMatch(/<li class="look">\s*<details>[\s\S]*<li class="ask">\s*<details open>/)
    expect(page.match(/"name": "x{80}"/g)).toHaveLength(2)
    expect(page.match(/\(the same body as in exchange 1\)/g)).toHaveLength(2)
  })

  it('says why no answer came', () => {
    const evidence = [asked({ trouble: 'ECONNRESET: socket hang up' })]
    const page = htmlPage(only({ verdict: 'inconclusive', reason: 'No answer.', evidence }))
    expect(page).toContain('Problem: ECONNRESET: socket hang up')
    expect(page).toContain('>no answer</span>')
  })

  it('shows the decoded parameters of a query', () => {
    const url = 'https://slb.example/?Action=Remove&BackendServers=%5B%7B%22ServerId%22%7D%5D'
    const evidence = [asked({ request: { method: 'GET', url, headers: [] } })]
    expect(htmlPage(only({ verdict: 'fail', evidence }))).toContain(
      'BackendServers = [{"ServerId"}]',
    )
  })

  it('of an endless body is cut, and says so', () => {
    const response = { status: 200, headers: [], body: 'x'.repeat(3_000_000) }
    const page = htmlPage(only({ verdict: 'fail', evidence: [asked({ response })] }))
    expect(page.length).toBeLessThan(100_000)
    expect(page).toContain('2,960,000 more characters; conformance.json has them all.')
  })
})

describe('a hostile target', () => {
  const nasty = `</pre></script><script>alert(1)</script><img src=x onerror=alert(1)>" onmouseover="alert(1)' x='\u0000\u202e`

  it('gets no markup onto the page, whichever text it had a say in', () => {
    const headers = [[nasty, nasty]] as const
    const request = { method: nasty, url: nasty, headers, body: nasty }
    const response = { status: 200, headers, body: nasty }
    const evidence = [asked({ request, response, trouble: nasty })]
    const words = { text: nasty, source: nasty, reason: nasty, repeat: nasty, target: nasty }
    const waiver = { requirement: nasty, reason: nasty, owner: nasty, expires: nasty }
    const reading = { name: nasty, meaning: nasty }
    const one = { ...words, id: `elb/x/${nasty}`, waiver, reading, evidence }
    for (const verdict of ['fail', 'pass', 'inconclusive', 'waived'] as const) {
      const report = { ...only({ ...one, verdict }), leftovers: [nasty], staleWaivers: [nasty] }
      const plain = htmlPage(only({ verdict }))
      const page = htmlPage(report)
      expect(page).not.toContain('<img')
      expect(page.match(/<script/g)).toHaveLength(plain.match(/<script/g)?.length ?? 0)
      expect(attributesOf(page).filter((name) => /^(?:on|x$)/.test(name))).toEqual([])
      expect(page).not.toMatch(/[\u0000\u202e]/) // oxlint-disable-line no-control-regex -- looked for
    }
  })
})

describe('the source of a requirement', () => {
  const address = 'https://docs.example/page.html'
  const source = 'Page › Table 2'

  it('is a link to the page', () => {
    const link = `<a href="${address}">${source}</a>`
    expect(htmlPage(only({ source, address }))).toContain(link)
  })

  it.each([undefined, 'javascript:alert(1)', '//docs.example'])(
    'is text where the address is %s',
    (other) => {
      const { address: _, ...finding } = only({ source }).findings[0]!
      const findings = [{ ...finding, ...(other === undefined ? {} : { address: other }) }]
      const page = htmlPage({ ...sampleReport(1), findings })
      expect(page).toContain(`<p>Source: ${source}</p>`)
    },
  )
})

describe('the page', () => {
  const page = htmlPage(sampleReport())

  it('asks nothing of the network', () => {
    expect(page).not.toMatch(/(?:src|action|poster|srcset)=/)
    expect(page.match(/<link[^>]*>/g)).toEqual(['<link rel="icon" href="data:," />'])
    expect(page).not.toMatch(/<(?!a )[^>]*href="(?!data:,)/)
    expect(page).not.toMatch(/@import|url\(/)
  })

  it.each(['style', 'script'])('allows its own %s by the right hash, and no other', (name) => {
    const [, text = ''] = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(page) ?? []
    const hash = createHash('sha256').update(text).digest('base64')
    expect(page).toContain(`${name}-src &#39;sha256-${hash}&#39;`)
    expect(page).not.toContain('unsafe-inline')
    expect(attributesOf(page).filter((one) => /^(?:style|on\w+)$/.test(one))).toEqual([])
  })

  it('has no id twice, and no link into nowhere', () => {
    const ids = Array.from(page.matchAll(/\sid="([^"]*)"/g), ([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const links = Array.from(page.matchAll(/href="#([^"]*)"/g), ([, id = '']) => decodeURI(id))
    expect(links.filter((link) => !ids.includes(link))).toEqual([])
  })

  it('skips no level of heading', () => {
    const depths = Array.from(page.matchAll(/<h([1-6])/g), ([, depth]) => Number(depth))
    expect(depths[0]).toBe(1)
    expect(depths.filter((depth, index) => depth > (depths[index - 1] ?? 1) + 1)).toEqual([])
    expect(depths.filter((depth) => depth === 1)).toHaveLength(1)
  })

  it('closes every element it opens', () => {
    const unpairedTags = ['meta', 'link', 'input', 'br']
    const bare = page
      .replace('<!doctype html>', '')
      .replaceAll(/<(style|script)>[\s\S]*?<\/\1>/g, '')
      .replaceAll(/\s(hidden|open|checked)(?=[\s>])/g, '')
    expect(() =>
      new XMLParser({ unpairedTags, allowBooleanAttributes: true }).parse(bare, true),
    ).not.toThrow()
  })

  it('tells a verdict in words beside shape and colour', () => {
    expect(page).toMatch(/<span class="mark fail" title="[^"]+"\s*>fail<\/span\s*>/)
    expect(page).toContain(".mark.fail::before { content: '\\25A0'")
  })

  it('is small for a whole run', () => {
    const size = Buffer.byteLength(htmlPage(sampleReport(170, 15)))
    expect(size).toBeLessThan(3_000_000)
  })
})
