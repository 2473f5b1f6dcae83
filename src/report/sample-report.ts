/** A made-up report for our tests and measurements: both dialects, every verdict, nothing random. */

import {
  operations,
  type Dialect,
  type Level,
  type Purpose,
  type RecordedExchange,
  type Verdict,
} from '../model.ts'
import { reportSchema } from './conformance.ts'
import type { Finding, Report, Unasked } from './report.ts'
import { deletionOf, elbLook, slbLook, slbRemoval } from './sample-exchanges.ts'

/** The first of each dialect: no more of them when the list grows. */
const reported = [...firstOf('elb', 3), ...firstOf('slb', 2)]

function firstOf(dialect: Dialect, count: number) {
  return operations.filter((one) => one.dialect === dialect).slice(0, count)
}

/** Two targets, `requirements` findings, each with `exchanges` exchanges. */
export function sampleReport(requirements = 40, exchanges = 7): Report {
  const findings = Array.from({ length: requirements }, (_, index) => finding(index, exchanges))
  const counts = { pass: 0, fail: 0, waived: 0, inconclusive: 0, 'not-applicable': 0 }
  for (const { verdict } of findings) counts[verdict] += 1
  return {
    $schema: reportSchema,
    version: 1,
    tool: { name: 'poolproof', version: '0.1.0', node: 'v20.20.2' },
    run: {
      id: 'k3f9a2',
      seed: 7,
      startedAt: '2026-03-14T09:26:53.589Z',
      milliseconds: 83_412,
      exchanges: requirements * exchanges,
      only: [],
      command: 'poolproof run --target staging-eu.json --target shanghai.json --seed 7',
    },
    conclusion: 'failed',
    exitCode: 1,
    targets: [
      {
        name: 'staging-eu',
        dialect: 'elb',
        endpoint: 'https://elb.staging-eu.example/gateway',
        profile: { asynchronous: true, udp: false },
      },
      { name: 'shanghai', dialect: 'slb', endpoint: 'https://slb.shanghai.example', profile: {} },
    ],
    counts,
    findings,
    unobservable,
    staleWaivers: [
      'Stale waiver: elb/remove-member/re-add passes now. Delete the waiver from staging-eu.json.',
    ],
    leftovers: [
      'DELETE /v2.0/lbaas/pools/00000000-0000-4000-8000-0000000000ff answered 409 with {"code":"EntityInUse"}, expected it to be accepted (2xx).',
    ],
  }
}

const unobservable: readonly Unasked[] = [
  {
    id: 'elb/remove-member/open-connections',
    dialect: 'elb',
    operation: 'remove-member',
    level: 'must',
    text: 'Connections already open outlive the removal of their backend server.',
    source: 'Removing a Backend Server › Constraints',
    reason: 'Shows only in traffic through the load balancer, never in its API.',
  },
]

function finding(index: number, exchanges: number): Finding {
  const { dialect, operation, page } = reported[index % reported.length] ?? operations[0]
  const id = `${dialect}/${operation}/${index === 1 ? 'members-first' : `sample-${index}`}`
  const target = dialect === 'elb' ? 'staging-eu' : 'shanghai'
  const verdict = verdictOf(index)
  return {
    id,
    dialect,
    operation,
    level: levelOf(index),
    text:
      index === 1
        ? 'A pool that still has backend servers is not deleted.'
        : 'Removing something that does not exist leaves everything else unchanged: in show, in list and in the view of its parent.',
    source: `${page.title} › Constraints`,
    address: page.address,
    target,
    verdict,
    ...whyOf(verdict, id),
    ...(levelOf(index) === 'reading' && verdict === 'pass' ? reading : {}),
    repeat: `poolproof run --target ${target}.json --only ${id} --seed 7`,
    evidence: verdict === 'not-applicable' ? [] : evidence(dialect, index, exchanges),
    milliseconds: 412.5,
  }
}

const reading = {
  reading: {
    name: 'not-found',
    meaning: 'A second deletion of the same pool answers that the pool does not exist.',
  },
}

function verdictOf(index: number): Verdict {
  if (index === 1 || index === 8) return 'fail'
  if (index === 12 || index === 13) return 'waived'
  if (index === 15 || index === 20 || index === 24) return 'inconclusive'
  return index === 16 ? 'not-applicable' : 'pass'
}

function levelOf(index: number): Level {
  if (index % 7 === 4) return 'reading'
  return index % 3 === 0 ? 'implied' : 'must'
}

function whyOf(verdict: Verdict, id: string): Partial<Finding> {
  const broken =
    'DELETE /v2.0/lbaas/pools/5a9a3e9e-0000-4000-8000-000000000001 answered 204 without a body, expected a refusal (4xx).'
  if (verdict === 'fail') return { reason: broken }
  if (verdict === 'inconclusive') {
    return {
      reason:
        'staging-eu did not answer POST https://elb.staging-eu.example/gateway/v2.0/lbaas/pools: ECONNRESET: socket hang up.',
    }
  }
  if (verdict === 'not-applicable') {
    return { reason: 'The profile of staging-eu says it does not offer udp.' }
  }
  if (verdict === 'pass') return {}
  const waiver = {
    requirement: id,
    reason: 'Known since 2.14, the fix is planned for the next release.',
    owner: 'lb-team@staging-eu.example',
    expires: '2026-06-30',
  }
  return { reason: broken, waiver }
}

function evidence(dialect: Dialect, index: number, length: number): readonly RecordedExchange[] {
  return Array.from({ length }, (_, step) => {
    const purpose = purposeAt(step, length)
    const seed = index * 100 + step
    if (dialect === 'slb') return purpose === 'ask' ? slbRemoval(seed) : slbLook(purpose, seed)
    return purpose === 'ask' ? deletionOf(seed) : elbLook(purpose, seed)
  })
}

function purposeAt(step: number, length: number): Purpose {
  if (step === Math.floor(length / 2)) return 'ask'
  if (step < length / 2) return 'arrange'
  return step === length - 1 ? 'clean-up' : 'look'
}
