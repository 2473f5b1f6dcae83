/** Colours for a terminal. */

import pc from 'picocolors'

/** Colour only where a person looks, and never against NO_COLOR. */
export function colours(): ReturnType<typeof pc.createColors> {
  return pc.createColors(pc.isColorSupported && process.stdout.isTTY)
}
