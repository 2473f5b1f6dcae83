/** Tells a person that the run is getting on; on a terminal in one line, elsewhere in a few. */

import pc from 'picocolors'
import type { Progress } from '../run/run.ts'

/** A display of progress, until it is stopped. */
export interface Display extends Progress {
  stop(): void
}

const quarters = 4

/**
 * @param silent - For output that a program reads.
 * @param what - What is counted, and what is done with it.
 */
export async function display(
  stream: NodeJS.WriteStream,
  silent: boolean,
  what = 'requirements asked',
): Promise<Display> {
  if (silent) return { ended: () => undefined, stop: () => undefined }
  // A terminal that is no column wide has no line to write again.
  return stream.isTTY && stream.columns > 0 ? spinning(stream) : plain(stream, what)
}

async function spinning(stream: NodeJS.WriteStream): Promise<Display> {
  // Where nobody looks there is no need to load it.
  const { default: ora } = await import('ora')
  const spinner = ora({
    stream,
    text: 'Getting ready',
    discardStdin: false,
    color: pc.isColorSupported && 'cyan',
  }).start()
  return {
    ended: (id, done, of) => {
      spinner.text = `${done}/${of} ${id}`
    },
    stop: () => void spinner.stop(),
  }
}

/** A line for each quarter of the way: enough to see in a log that it moves. */
function plain(stream: NodeJS.WriteStream, what: string): Display {
  let before = 0
  return {
    ended: (_id, done, of) => {
      const now = Math.floor((done / of) * quarters)
      const moved = now > before
      before = Math.max(before, now)
      if (moved) stream.write(`${done} of ${of} ${what}\n`)
    },
    stop: () => undefined,
  }
}
