/** Standard output and standard error of the commands: the only place that writes to them. */

import pc from 'picocolors'
import { legible } from '../report/legible.ts'

/** For everything without colour. JSON keeps its value: see `legible`. */
export const streams = {
  stdout: (text: string) => process.stdout.write(legible(text)),
  /** @param written - Called when the text has left the program. */
  stderr: (text: string, written?: () => void) => process.stderr.write(legible(text), written),
}

/** Colour only on a terminal, and never when NO_COLOR is set. */
export function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY)
}

/** Prints text with colours, whose parts were made legible before they were coloured. */
export function printColoured(text: string): void {
  process.stdout.write(text)
}
