/** Whether the compiled program in `dist/` is older than the sources it was built from. */

import { existsSync, readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The directories that `npm run build` compiles. */
const compiled = ['src', 'suites', 'fixtures']

/**
 * One line that names a source that is newer than its compiled file, and what to do about it.
 *
 * Takes a few milliseconds, so that every command can start with it.
 *
 * @param program - The file that is running, as `import.meta.url` names it: `…/dist/src/cli.js`.
 * @returns Nothing when the build is up to date, and nothing in an installed package, which has no sources.
 */
export function staleBuild(program: string): string | undefined {
  if (!program.endsWith('/dist/src/cli.js')) return undefined
  const root = fileURLToPath(new URL('../..', program))
  if (!existsSync(`${root}src/cli.ts`)) return undefined
  const newer = compiled
    .filter((directory) => existsSync(root + directory))
    .flatMap((directory) => sourcesBelow(root, directory))
    .find((source) => isNewer(root, source))
  return newer && `${newer} is newer than the build in dist/. Run: npm run build`
}

/** Paths from the root of every source that the build compiles: `tsconfig.build.json` says which. */
function sourcesBelow(root: string, directory: string): string[] {
  return readdirSync(root + directory, { withFileTypes: true }).flatMap((entry) => {
    const path = `${directory}/${entry.name}`
    if (entry.isDirectory()) return path === 'src/extract/samples' ? [] : sourcesBelow(root, path)
    return path.endsWith('.ts') && !path.endsWith('.test.ts') ? [path] : []
  })
}

/** A source without a compiled file counts as newer. */
function isNewer(root: string, source: string): boolean {
  const output = statSync(`${root}dist/${source.slice(0, -'.ts'.length)}.js`, {
    throwIfNoEntry: false,
  })
  return output === undefined || output.mtimeMs < statSync(root + source).mtimeMs
}
