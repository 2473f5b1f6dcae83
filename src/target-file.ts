/** A target file, read and checked; what is wrong with it said in a sentence. */

import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UsageError } from './model.ts'
import { problems } from './schema.ts'
import type { Target } from './target.ts'

/**
 * Reads and checks a target file.
 *
 * @throws {UsageError} When the file is not there, is not JSON, or is not a target; names the place.
 */
export async function readTarget(file: string): Promise<Target> {
  const text = await readText(file)
  const document = parse(text, file)
  const found = problems('target.schema.json', document)
  if (found.length > 0) {
    const places = found.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(
      `${file} is not a target file:\n${places}\nSee schemas/target.schema.json, and fixtures/targets/ for examples.`,
    )
  }
  const target = document as Target
  checkEndpoint(target.endpoint, file)
  return { ...target, endpoint: target.endpoint.replace(/\/+$/, ''), file }
}

/** What no pattern can say of an address. */
function checkEndpoint(endpoint: string, file: string): void {
  if (!URL.canParse(endpoint)) {
    throw new UsageError(`${file} is not a target file:\n  endpoint is not an address: ${endpoint}`)
  }
  const { username, password } = new URL(endpoint)
  if (username !== '' || password !== '') {
    throw new UsageError(
      `${file} is not a target file:\n  endpoint carries a user name or a password. Secrets stay in the environment, and auth names their variables.`,
    )
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      throw new UsageError(
        `There is no target file ${resolve(file)}. Start from one of fixtures/targets/, or leave --target out to run against the built-in reference.`,
      )
    }
    if (code === 'EISDIR') throw new UsageError(`${file} is a directory, not a target file.`)
    throw new UsageError(`The target file ${file} cannot be read (${code ?? String(error)}).`)
  }
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    const { message } = error as Error
    throw new UsageError(`${basename(file)} is not JSON: ${message}`)
  }
}
