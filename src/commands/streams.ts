/** Where commands write: words and documents for whoever asked, colour only for people. */

import pc from 'picocolors'

/** Standard output and standard error, for commands whose work is done elsewhere. */
export const streams = {
  stdout: (text: string) => process.stdout.write(text),
  stderr: (text: string) => process.stderr.write(text),
}

/** Colour only where a person looks, and never against NO_COLOR. */
export function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY)
}
