import { describe, expect, test } from 'vitest'
import { judgeOf, type JudgeAnswer } from '../src/check/check.ts'
import { Lanes } from '../src/check/lanes.ts'
import { takeWalk, type Walked } from '../src/check/take-walk.ts'
import { namedWalk } from '../src/check/walk-selection.ts'
import type { WalkOrder } from '../src/check/walk.ts'
import type { Dialect, HttpRequest } from '../src/model.ts'
import type { ServerUnderTest } from '../src/prove/known-servers.ts'
import { knownServers } from '../src/reference/known-servers.ts'
import { openSession } from '../src/session/session.ts'
import { suites, walks } from './index.ts'

const seed = 3

/** Without the ids that a server draws, whole or cut, and without the numbers in names, which a session counts. */
function withoutIds(text = ''): string {
  return text
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|\b(?:lb|rsp)-\w+/g, 'id')
    .replaceAll(/(\/members\/|Remove )[\da-f]{8}\b/g, '$1cut')
    .replaceAll(/(poolproof-\d{8}-[a-z]+-)\d+/g, '$1n')
}

function spelled({ method, path, query = [], body = '' }: HttpRequest): string {
  return withoutIds(JSON.stringify([method, path, query, body]))
}

/** Takes walks on a server, one after another. */
async function taken(
  specimen: ServerUnderTest,
  orders: readonly WalkOrder[],
  sent: string[] = [],
  judge?: JudgeAnswer,
): Promise<Walked[]> {
  const { target, wire, environment, setProvisioningStatus } = specimen
  const own = walks.find(({ dialect }) => dialect === target.dialect)
  if (!own) throw new Error(`No walks speak ${target.dialect}.`)
  const around = { wire, environment, setProvisioningStatus }
  const session = openSession(target, { id: '00000000', seed }, around)
  const note = (_purpose: unknown, request: HttpRequest) => {
    sent.push(spelled(request))
    return () => undefined
  }
  const noting = { ...session, connection: { ...session.connection, note } }
  const lanes = new Lanes(own.fixtures.laneSource(noting, () => undefined))
  const all: Walked[] = []
  for (const order of orders) all.push(await takeWalk(own, order, noting, lanes, judge))
  expect(await lanes.close()).toEqual([])
  expect(Object.values(specimen.inventory()).filter((count) => count > 0)).toEqual([])
  return all
}

function orders(many: number): WalkOrder[] {
  return Array.from({ length: many }, (_, index) => ({ number: index + 1, seed }))
}

const found = (all: readonly Walked[]) => all.flatMap(({ violation }) => violation ?? [])

describe.each(walks.map(({ dialect }) => dialect))('walks of %s', (dialect) => {
  const reference = (asynchronous = false) => knownServers.reference(dialect, asynchronous)

  test('find nothing on the reference, and leave nothing behind', async () => {
    const all = await taken(await reference(), orders(12))
    expect(
      all.map(({ violation, unfinished, leftovers }) => [violation, unfinished, leftovers]),
    ).toEqual(all.map(() => [undefined, undefined, []]))
    expect(Math.min(...all.map(({ steps }) => steps))).toBeGreaterThan(8)
  })

  test('find nothing on one that takes its time', async () => {
    const all = await taken(await reference(true), orders(2))
    expect(all.flatMap(({ violation, unfinished }) => [violation, unfinished])).toEqual(
      all.flatMap(() => [undefined, undefined]),
    )
  })

  test('say that a path is of another walk', async () => {
    const path = { shrinks: '0:2:1', taken: 'AAE:V' }
    const [one] = await taken(await reference(), [{ number: 3, seed, path }])
    expect(one?.unfinished).toContain('The path is of another walk')
  })

  test('send the same for the same seed', async () => {
    const first: string[] = []
    const second: string[] = []
    await taken(await reference(), orders(2), first)
    await taken(await reference(), orders(2), second)
    expect(first.length).toBeGreaterThan(40)
    expect(second).toEqual(first)
  })

  test('name requirements that a check asks', () => {
    const ids = suites.flatMap(({ entries }) =>
      entries.flatMap((entry) => ('ask' in entry ? [entry.requirement.id] : [])),
    )
    const own = walks.flatMap((one) => (one.dialect === dialect ? one.mayBreak : []))
    expect(own.filter((id) => !ids.includes(id))).toEqual([])
  })
})

/** Faults that only a history or a neighbour shows. */
const faults: readonly (readonly [Dialect, string, RegExp])[] = [
  ['elb', 'loses-the-health-monitor', /health-monitor-kept$/],
  ['elb', 'overlooks-members-with-health-monitor', /-first$/],
  ['slb', 'vserver-server-is-enough', /identity-server-id-and-port$/],
]

test.each(faults)('a walk of %s finds that a server %s', async (dialect, id, requirement) => {
  const mutant = () => knownServers.mutant(dialect, [id])
  const [violation] = found(await taken(await mutant(), orders(4)))
  expect(violation?.requirement).toMatch(requirement)
  expect(violation?.message).toMatch(/After these steps:\n1\. /)
  const { number = 0, path } = namedWalk(violation?.path ?? '') ?? {}
  const order = { number, seed, ...(path ? { path } : {}) }
  const [again] = found(await taken(await mutant(), [order]))
  expect(again?.requirement).toBe(violation?.requirement)
  expect(withoutIds(again?.message)).toBe(withoutIds(violation?.message))
})

const withBody = () => knownServers.mutant('elb', ['removal-answers-the-member'])

test('an answer that breaks its schema is found in a walk, whatever its step is about', async () => {
  const [one, other] = [await withBody(), await withBody()]
  const judged = await taken(one, orders(2), [], judgeOf(suites))
  expect(found(judged).map(({ requirement }) => requirement)).toContain(
    'elb/remove-member/no-response-body',
  )
  const unjudged = found(await taken(other, orders(2)))
  expect(unjudged.map(({ requirement }) => requirement)).not.toContain(
    'elb/remove-member/no-response-body',
  )
})
