/** Shows the progress of a run: on a terminal in one line that is rewritten, elsewhere in at most four lines. */

import pc from 'picocolors'
import { onOneLine } from '../report/legible.ts'
import type { Progress } from '../run/run.ts'

/** Shows progress until it is stopped. */
export interface Display extends Pick<Progress, 'ended'> {
  stop(): void
}

const quarters = 4

/**
 * @param silent - For output that a program reads.
 * @param what - What is counted: `requirements asked`.
 */
export async function display(
  stream: NodeJS.WriteStream,
  silent: boolean,
  what = 'requirements asked',
): Promise<Display> {
  if (silent) return { ended: () => undefined, stop: () => undefined }
  // A terminal with no columns has no line that could be rewritten.
  return stream.isTTY && stream.columns > 0 ? spinning(stream) : plain(stream, what)
}

async function spinning(stream: NodeJS.WriteStream): Promise<Display> {
  // Loaded only where someone is watching.
  const { default: ora } = await import('ora')
  const spinner = ora({
    stream,
    text: 'Getting ready',
    discardStdin: false,
    color: pc.isColorSupported && 'cyan',
  }).start()
  return {
    ended: (id, done, of) => {
      spinner.text = onOneLine(`${done}/${of} ${id}`)
    },
    stop: () => void spinner.stop(),
  }
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
