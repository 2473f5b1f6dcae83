import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { elbRequest } from '../dialects/elb.ts'
import type { RecordedExchange } from '../model.ts'
import { Tape } from './tape.ts'

const request = elbRequest('PUT', '/pools/p-1', {})

const record = (status: number): RecordedExchange => ({
  purpose: 'ask',
  request: { method: 'PUT', url: 'http://elb/pools/p-1', headers: [] },
  response: { status, headers: [], body: '' },
  milliseconds: 1,
})

/** Looks once, and is answered by 200. */
async function look(tape: Tape): Promise<void> {
  const get = elbRequest('GET', '/pools/p-1')
  const answer = { purpose: 'look' as const, request: get, status: 200, headers: [], text: '' }
  await tape.send('look', get, true, () => Promise.resolve({ ...answer, body: undefined }))
}

/** Asks once, with this status as the answer. */
async function ask(tape: Tape, status: number): Promise<number> {
  const answered = await tape.send('ask', request, false, async (keep) => {
    await Promise.resolve()
    keep(record(status))
    return { purpose: 'ask', request, status, headers: [], text: '', body: undefined }
  })
  return answered.status
}

test('what is shared is asked once, also at the same time, and is evidence of all', async () => {
  const results = new Map<string, Promise<unknown>>()
  const tapes = [new Tape(), new Tape(), new Tape()]
  const seen = await Promise.all(
    tapes.map((tape, index) => tape.share(results, 'one', () => ask(tape, 200 + index))),
  )
  expect(seen).toEqual([200, 200, 200])
  expect(tapes.map(({ exchanges }) => exchanges)).toEqual(tapes.map(() => [record(200)]))
  expect(tapes.map(({ sharedExchanges }) => sharedExchanges)).toEqual([0, 1, 1])
  const own = await Promise.all(tapes.map((tape) => tape.answers()))
  expect(own.map((answers) => answers.length)).toEqual([1, 0, 0])
})

test('asking again from the tape adds nothing to the evidence', async () => {
  const results = new Map<string, Promise<unknown>>()
  const [first, second] = [new Tape(), new Tape()]
  await first.share(results, 'one', () => ask(first, 200))
  for (const tape of [first, second]) {
    await tape.share(results, 'one', () => ask(tape, 500))
    tape.rewind()
    await tape.share(results, 'one', () => ask(tape, 500))
    expect(tape.exchanges).toEqual([record(200)])
  }
})

test('what goes wrong is not shared: the next one tries for itself', async () => {
  const results = new Map<string, Promise<unknown>>()
  const [first, second] = [new Tape(), new Tape()]
  const failing = first.share(results, 'one', () => Promise.reject(new Error('no answer')))
  const waiting = second.share(results, 'one', () => ask(second, 200))
  await expect(failing).rejects.toThrow('no answer')
  expect(await waiting).toBe(200)
  expect([first.exchanges, second.exchanges]).toEqual([[], [record(200)]])
})

test('what is done after the end is done, also where the body ended sooner when it was run again', () => {
  const tape = new Tape()
  const done: string[] = []
  const hook = (status: string) => tape.once('hook', () => done.push(status))
  hook('PENDING_UPDATE')
  tape.rewind()
  tape.finish()
  hook('ACTIVE')
  expect(done).toEqual(['PENDING_UPDATE', 'ACTIVE'])
})

test('a request of the clean-up is sent, also where the body has sent the same', async () => {
  const tape = new Tape()
  await ask(tape, 200)
  tape.rewind()
  tape.finish()
  expect(await ask(tape, 404)).toBe(404)
})

test.each([
  ['looks and pauses', look],
  ['writes', (tape: Tape) => ask(tape, 200)],
])('%s that follow the repeated looks are no part of how late these were', async (_, follow) => {
  const tape = new Tape()
  await ask(tape, 200)
  await look(tape)
  tape.rewind()
  await ask(tape, 200)
  await look(tape)
  const took = tape.looksTook
  await pause(20)
  await follow(tape)
  expect(tape.looksTook).toBe(took)
})

test('without a look that was repeated, all the time since the last write is how late it was', async () => {
  const tape = new Tape()
  await ask(tape, 200)
  await look(tape)
  tape.rewind()
  await pause(20)
  await ask(tape, 200)
  expect(tape.looksTook).toBeGreaterThanOrEqual(19)
})

test('keeps what chance has drawn, as the body drew it last', () => {
  const tape = new Tape('lb-1')
  tape.once('name pool', () => 'pool-1')
  tape.once('port', () => 20_001)
  tape.once('port', () => 20_002)
  tape.rewind()
  tape.once('name pool', () => 'pool-2')
  tape.once('port', () => 20_003)
  tape.once('pool', () => 1)
  expect(tape.draws).toEqual({
    loadBalancers: ['lb-1'],
    values: { 'name pool': ['pool-1'], port: [20_001] },
  })
})

test('with what is shared comes what was drawn for it, and where it was asked', async () => {
  const results = new Map<string, Promise<unknown>>()
  const [first, second] = [new Tape('lb-1'), new Tape('lb-2')]
  for (const tape of [first, second]) {
    tape.once('port', () => 20_000)
    await tape.share(results, 'one', async () => {
      first.once('port', () => 20_001)
      return ask(first, 200)
    })
    tape.once('port', () => 20_002)
  }
  const values = { port: [20_000, 20_001, 20_002] }
  expect(first.draws).toEqual({ loadBalancers: ['lb-1'], values })
  expect(second.draws).toEqual({ loadBalancers: ['lb-2', 'lb-1'], values })
})

test('draws the same again when it is told what was drawn', () => {
  const tape = new Tape('lb-1', { port: [7], within: [false] })
  const drawn = [tape.once('port', () => 1), tape.once('port', () => 2)]
  expect([...drawn, tape.once('within', () => true)]).toEqual([7, 2, false])
})
