import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RecordedExchange } from '../model.ts'
import { hostileTexts } from './hostile-texts.ts'
import { repeatScript } from './repeat-script.ts'
import type { Finding } from './report.ts'
import { sampleReport } from './sample-report.ts'

const report = sampleReport(5)
const endpoint = 'https://elb.example/gateway'
const lent = '5a9a3e9e-0000-4000-8000-0000000000ff'
const made = '5a9a3e9e-0000-4000-8000-000000000001'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-script-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs a script with a curl that answers with another id than the report has. @returns the arguments of each call. */
function run(script: string, answer: string, environment: Record<string, string>): string[][] {
  const log = join(folder, 'log')
  const curl = `#!/usr/bin/env bash\nfor word in "$@"; do printf '%s\\0' "$word"; done >> ${log}; printf '\\n\\0' >> ${log}\nprintf '%s' '${answer}'; printf '\\n200'\n`
  writeFileSync(join(folder, 'curl'), curl, { mode: 0o755 })
  writeFileSync(join(folder, 'script'), script)
  const env = { PATH: `${folder}:${process.env['PATH']}`, ...environment }
  execFileSync('bash', [join(folder, 'script')], { env, stdio: 'pipe' })
  const calls = readFileSync(log, 'utf8').split('\0\n\0').slice(0, -1)
  return calls.map((call) => call.split('\0'))
}

function sent(change: Partial<RecordedExchange['request']>, body = ''): RecordedExchange {
  const request = {
    method: 'GET',
    url: `${endpoint}/v2.0/lbaas/pools/${made}`,
    headers: [],
    ...change,
  }
  return { purpose: 'ask', request, response: { status: 201, headers: [], body }, milliseconds: 1 }
}

function scriptOf(evidence: readonly RecordedExchange[], dialect: 'elb' | 'slb' = 'elb'): string {
  const finding: Finding = { ...report.findings[0]!, dialect, evidence }
  return repeatScript(finding, { name: 'x', dialect, endpoint, profile: {} }) ?? ''
}

const credentials = (value: string) => ({ name: 'X-Auth-Token', value })

it('creates what the check created, and goes on with the ids that the target gives now', () => {
  const creation = sent(
    {
      method: 'POST',
      url: `${endpoint}/v2.0/lbaas/pools`,
      headers: [['Content-Type', 'application/json']],
      body: `{"pool":{"name":"it's","loadbalancer_id":"${lent}"}}`,
    },
    `{"pool":{"members":[],"id":"${made}"}}`,
  )
  const script = scriptOf([
    creation,
    sent({ credentials: credentials('(none)') }),
    sent({ credentials: credentials('(wrong)') }),
    sent({}),
  ])
  const calls = run(script, '{"pool":{"id": "new-1"}}', {
    ELB_TOKEN: 'secret',
    LOADBALANCER_ID: 'mine',
  })
  expect(script).not.toContain(made)
  expect(calls[0]).toContain('{"pool":{"name":"it\'s","loadbalancer_id":"mine"}}')
  expect(calls.slice(1).map((call) => call.at(-1))).toEqual(
    Array.from({ length: 3 }, () => `${endpoint}/v2.0/lbaas/pools/new-1`),
  )
  const tokens = calls.map((call) => call.find((word) => word.startsWith('X-Auth-Token')))
  expect(tokens).toEqual([
    'X-Auth-Token: secret',
    undefined,
    'X-Auth-Token: nobody-has-this-token',
    'X-Auth-Token: secret',
  ])
})

it('stops and says so when a variable is missing', () => {
  expect(() => run(scriptOf([sent({})]), '{}', {})).toThrow(/ELB_TOKEN: a token of the project/)
})

it('signs calls by action with what openssl computes', () => {
  const url = `${endpoint}/?Action=DescribeRegions&Name=a%20b&Format=JSON`
  const [call = []] = run(scriptOf([sent({ url })], 'slb'), '{}', {
    SLB_ACCESS_KEY_ID: 'id',
    SLB_ACCESS_KEY_SECRET: 'secret',
  })
  const query = new URL(call.at(-1) ?? '').searchParams
  expect(query.get('Name')).toBe('a b')
  expect(query.get('Signature')).toMatch(/^[\w+/]{27}=$/)
})

it('passes every hostile text on as it is, and runs none of it', () => {
  const texts = hostileTexts.filter((text) => !text.includes('\0') && text.isWellFormed())
  const evidence = texts.map((text) => sent({ method: 'PUT', body: `${text}$(touch pwned)` }))
  const calls = run(scriptOf(evidence), '{}', { ELB_TOKEN: 'secret' })
  expect(calls.map((call) => call.at(-2))).toEqual(texts.map((text) => `${text}$(touch pwned)`))
})

it('is nothing where nothing was sent', () => {
  expect(scriptOf([])).toBe('')
})

it('never signs with the own key what was signed with one that may only read', () => {
  const url = `${endpoint}/?Action=RemoveBackendServers&LoadBalancerId=lb-1`
  const step = sent({ url, credentials: credentials('(redacted, of a key that may only read)') })
  const script = scriptOf([step], 'slb')
  const own = {
    SLB_ACCESS_KEY_ID: 'own',
    SLB_ACCESS_KEY_SECRET: 's',
    LOADBALANCER_ID: 'lb-1',
  }
  expect(() => run(script, '{}', own)).toThrow(/SLB_READ_ONLY_ACCESS_KEY_ID/)
  const reading = { SLB_READ_ONLY_ACCESS_KEY_ID: 'reading', SLB_READ_ONLY_ACCESS_KEY_SECRET: 's' }
  const [call = []] = run(script, '{}', { ...own, ...reading })
  expect(call.join(' ')).toContain('AccessKeyId=reading')
})
