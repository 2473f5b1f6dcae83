/** Shows the progress of a run: on a terminal in one line that is rewritten, elsewhere in at most four lines. */

import pc from 'picocolors'
import type { Outcome } from '../check/check.ts'
import { onOneLine } from '../report/legible.ts'
import type { Progress } from '../run/watcher.ts'

/** Shows progress until it is stopped. */
export interface Display extends Pick<Progress, 'ended'> {
  stop(): void
}

const quarters = 4

/**
 * @param silent - For output that a program reads.
 * @param what - What is counted: `requirements asked`.
 */
export function display(
  stream: NodeJS.WriteStream,
  silent: boolean,
  what = 'requirements asked',
): Display {
  if (silent) return { ended: () => undefined, stop: () => undefined }
  // A terminal with no columns has no line that could be rewritten.
  return stream.isTTY && stream.columns > 0 ? rewriting(stream) : plain(stream, what)
}

/** How a check ended, before waivers. */
const ends = {
  broken: 'broken        ',
  unasked: 'inconclusive  ',
  'not-offered': 'not applicable',
  ours: 'fault         ',
  kept: 'kept          ',
} as const

/** A line for each check when it has ended. */
export function verbose(stream: NodeJS.WriteStream): Display {
  return {
    ended: (id, done, of, outcome?: Outcome) => {
      const end = ends[outcome?.thrown?.family ?? 'kept']
      const cost = outcome
        ? `, ${outcome.exchanges.length} requests, ${outcome.milliseconds} ms`
        : ''
      stream.write(`${onOneLine(`${end} ${id} (${done} of ${of}${cost})`)}\n`)
    },
    stop: () => undefined,
  }
}

/** The last column stays free: some terminals would begin a new line after it. */
function rewriting(stream: NodeJS.WriteStream): Display {
  const clear = () => {
    stream.cursorTo(0)
    stream.clearLine(1)
  }
  const show = (text: string) => {
    clear()
    stream.write(pc.cyan(onOneLine(text).slice(0, stream.columns - 1)))
  }
  show('Getting ready')
  return { ended: (id, done, of) => show(`${done}/${of} ${id}`), stop: clear }
}

/** A line for each quarter: enough to see in a log that the run makes progress. */
function plain(stream: NodeJS.WriteStream, what: string): Display {
  let before = 0
  return {
    ended: (_id, done, of) => {
      const now = Math.floor((done / of) * quarters)
      const moved = now > before
      before = Math.max(before, now)
      if (moved) stream.write(`${onOneLine(`${done} of ${of} ${what}`)}\n`)
    },
    stop: () => undefined,
  }
}
