/** An empty folder for one of our tests. */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Makes it, without symbolic links in its path, and removes it after the test. @param name - Says whose it is. */
export function folderForTest(name: string): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `poolproof-${name}-`)))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}
