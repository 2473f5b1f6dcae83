/** `allure.html`: the Allure results of a run as one page that loads nothing from the network. */

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { OwnDirectory } from '../documents/own-directory.ts'
import { UsageError } from '../model.ts'

const run = promisify(execFile)

/**
 * Makes `allure.html` from the Allure results of a run.
 *
 * Allure runs as a separate process in an empty directory. In the working directory it would read any
 * configuration file that it finds there.
 *
 * @param from - The report directory of that run.
 * @param directory - Where the page is written.
 * @param program - Allure's command line, a script for Node.
 * @returns the file written.
 * @throws {UsageError} When there are no results, or Allure is not installed or fails.
 */
export async function generateAllurePage(
  from: string,
  directory: OwnDirectory,
  program: string = allureProgram(),
): Promise<string> {
  const results = resolve(from, 'allure-results')
  await assertResults(results)
  const temporary = await mkdtemp(join(tmpdir(), 'poolproof-allure-'))
  try {
    const page = await generated(program, results, temporary)
    directory.write([['allure.html', withoutForeignScripts(page)]])
  } finally {
    await rm(temporary, { recursive: true, force: true })
  }
  return join(directory.path, 'allure.html')
}

/** Where Allure is installed: with this package, or in the user's project. */
function allureProgram(): string {
  const places = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href]
  for (const place of places) {
    try {
      return createRequire(place).resolve('allure')
    } catch {
      // Not installed here. Try the next place.
    }
  }
  throw new UsageError(
    'The Allure page needs the package allure, version 3, which is not installed. Install it: npm install --save-dev allure@3',
  )
}

async function assertResults(results: string): Promise<void> {
  const names = await readdir(results).catch(() => [])
  if (names.some((name) => name.endsWith('-result.json'))) return
  throw new UsageError(
    `There are no Allure results in ${results}. A run with --report writes them; name its report directory.`,
  )
}

async function generated(program: string, results: string, temporary: string): Promise<string> {
  const words = ['awesome', '--single-file', '--name', 'Poolproof', '--cwd', temporary]
  try {
    await run(process.execPath, [program, ...words, '--output', join(temporary, 'page'), results], {
      cwd: temporary,
      env: environment(),
    })
    return await readFile(await pageIn(join(temporary, 'page')), 'utf8')
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    throw new UsageError(
      `Allure could not make a page from ${results}: ${(stderr || message).trim().split('\n')[0]}`,
    )
  }
}

/** Only what a process needs to start. Secrets of targets are left out: a plugin or a log could disclose them. */
function environment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_PATH']
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}

/** With a single plugin the page is in the output directory, otherwise in a directory below it. */
async function pageIn(output: string): Promise<string> {
  const names = await readdir(output, { recursive: true })
  const page = names.find((name) => name === 'index.html') ?? names.find(isPage)
  if (page === undefined) throw new Error('it did not write an index.html')
  return join(output, page)
}

function isPage(name: string): boolean {
  return name.endsWith('index.html')
}

/** Content security policy of the page: everything that it needs is inside it. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' data: blob:",
  "style-src 'unsafe-inline' data: blob:",
  'img-src data: blob:',
  'media-src data: blob:',
  'font-src data:',
  'connect-src data: blob:',
  'frame-src data: blob:',
].join('; ')

/**
 * The page without scripts from other servers, and without the inline script that starts them.
 *
 * Allure 3 writes both for a third party's usage statistics, and has no option to leave them out. The
 * policy makes the browser refuse anything similar that a later version may add.
 */
export function withoutForeignScripts(page: string): string {
  return page
    .replaceAll(/<script\b[^>]*\bsrc\s*=\s*["']?(?:https?:)?\/\/[^>]*>\s*<\/script>/gi, '')
    .replaceAll(/<script>\s*window\.dataLayer\b[\s\S]*?<\/script>/gi, '')
    .replace(/<head>/i, `<head><meta http-equiv="Content-Security-Policy" content="${policy}">`)
}
