/** Standard output and standard error of the commands, and whether to use colour. */

import pc from 'picocolors'

/** Standard output and standard error, for commands that are implemented in other rooms. */
export const streams = {
  stdout: (text: string) => process.stdout.write(text),
  stderr: (text: string) => process.stderr.write(text),
}

/** Colour only on a terminal, and never when NO_COLOR is set. */
export function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY)
}
