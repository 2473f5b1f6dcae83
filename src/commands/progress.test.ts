import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { display } from './progress.ts'

/** A stream that keeps what is written. */
function stream(isTTY: boolean): { stream: NodeJS.WriteStream; written: string[] } {
  const written: string[] = []
  const fake = {
    isTTY,
    columns: 80,
    write: (text: string) => written.push(text) > 0,
    cursorTo: () => true,
    clearLine: () => true,
    moveCursor: () => true,
    on: () => fake,
    once: () => fake,
    off: () => fake,
    removeListener: () => fake,
  }
  return { stream: fake as unknown as NodeJS.WriteStream, written }
}

async function run(of: number, to: ReturnType<typeof stream>, silent = false): Promise<string[]> {
  const shown = display(to.stream, silent)
  for (let done = 1; done <= of; done += 1) shown.ended(`elb/delete-pool/${done}`, done, of)
  shown.stop()
  return to.written
}

describe('away from a terminal', () => {
  test('a line for each quarter', async () => {
    expect(await run(8, stream(false))).toEqual([
      '2 of 8 requirements asked\n',
      '4 of 8 requirements asked\n',
      '6 of 8 requirements asked\n',
      '8 of 8 requirements asked\n',
    ])
  })

  test.each([1, 2, 3, 5, 7, 101, 311])(
    'never more than four lines, the last at the end: %i',
    async (of) => {
      const lines = await run(of, stream(false))
      expect(lines.length).toBeLessThanOrEqual(4)
      expect(lines.at(-1)).toBe(`${of} of ${of} requirements asked\n`)
    },
  )
})

test('silent writes nothing, on a terminal or not', async () => {
  expect(await run(8, stream(false), true)).toEqual([])
  expect(await run(8, stream(true), true)).toEqual([])
})

test('a terminal is shown what is going on, in one line that never breaks', () => {
  const to = stream(true)
  const shown = display(to.stream, false)
  expect(to.written.join('')).toContain('Getting ready')
  shown.ended(`elb/${'x'.repeat(200)}\nelb`, 1, 2)
  const last = stripVTControlCharacters(to.written.at(-1) ?? '')
  expect([last.slice(0, 8), last.length]).toEqual(['1/2 elb/', 79])
  shown.stop()
})
