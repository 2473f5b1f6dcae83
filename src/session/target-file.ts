/** A target file, read and checked; what is wrong with it said in a sentence. */

import { dirname, resolve } from 'node:path'
import { authProblems } from '../credentials/credential-kinds.ts'
import { UsageError, type Dialect } from '../model.ts'
import { limitedText } from '../documents/limited-file.ts'
import { valueOf } from '../documents/read-text.ts'
import { problems, shownPath } from '../documents/schema.ts'
import { shownAddress, shownValue } from '../documents/shown-text.ts'
import type { Target } from '../target.ts'
import { withShippedProfile } from './shipped-profile.ts'
import { readWaivers } from './waivers-file.ts'

/**
 * Reads and checks a target file.
 *
 * A shipped profile that it extends is already part of what is returned.
 *
 * @param file - JSON, with comments or without, or YAML; `-` for standard input.
 * @throws {UsageError} When the file is not there, cannot be parsed, or is not a target; names the place.
 */
export async function readTarget(file: string): Promise<Target> {
  const document = valueOf(await readText(file), file)
  const called = file === '-' ? 'Standard input' : file
  const target = await checkedTarget(document, called, file)
  return { ...target, file }
}

/**
 * Checks the contents of a target file.
 *
 * @param called - How messages call it.
 * @param file - From whose directory paths in it are seen; the working directory where absent.
 * @throws {UsageError} When it is not a target; names the place.
 */
export async function checkedTarget(
  document: unknown,
  called: string,
  file = '-',
): Promise<Target> {
  const { auth, dialect } = (document ?? {}) as { auth?: unknown; dialect?: unknown }
  const wrongKind = authProblems(auth, dialect)
  const others = problems('target.schema.json', document).filter(
    (problem) => wrongKind.length === 0 || !problem.startsWith('auth has '),
  )
  const found = [...others, ...wrongKind]
  if (found.length > 0) {
    const places = found.map((problem) => `  ${problem}`).join('\n')
    throw new UsageError(
      `${called} is not a target file:\n${places}\nSee ${shownPath('schemas/target.schema.json')}, and ${shownPath('fixtures/targets')} for examples.`,
    )
  }
  const target = withShippedProfile(await withWaiversRead(document as WaiversUnread, file))
  checkAddress('endpoint', target.endpoint, called)
  if ('iam' in target.auth) checkAddress('auth.iam', target.auth.iam, called)
  const endpoint = target.endpoint.replace(/(?<!\/)\/+$/, '')
  return withFilesFound({ ...target, endpoint }, file === '-' ? '.' : dirname(file))
}

type WaiversUnread = Target & { readonly waivers?: Target['waivers'] | string }

/** The waivers of a file of their own; it may have those of the other dialect as well. */
async function withWaiversRead(document: WaiversUnread, file: string): Promise<Target> {
  const { waivers } = document
  if (typeof waivers !== 'string') return document
  const all = await readWaivers(resolve(file === '-' ? '.' : dirname(file), waivers))
  const own = all.filter(({ requirement }) => !isOfOther(requirement, document.dialect))
  return { ...document, waivers: own }
}

function isOfOther(requirement: string, dialect: Dialect): boolean {
  const other: Dialect = dialect === 'elb' ? 'slb' : 'elb'
  return requirement.startsWith(`${other}/`)
}

/** Paths of files with secrets are relative to the target file. */
function withFilesFound(target: Target, directory: string): Target {
  const { auth, tls } = target
  const found = <Group extends object>(group: Group) =>
    Object.fromEntries(
      Object.entries(group).map(([key, value]: [string, unknown]) => [
        key,
        isFile(value) ? { file: resolve(directory, value.file) } : value,
      ]),
    ) as Group
  return { ...target, auth: found(auth), ...(tls ? { tls: found(tls) } : {}) } as Target
}

function isFile(value: unknown): value is { file: string } {
  return typeof value === 'object' && value !== null && 'file' in value
}

/** What no pattern can say of an address. */
function checkAddress(place: string, address: string, file: string): void {
  if (!URL.canParse(address)) {
    const shown = shownValue(shownAddress(address))
    throw new UsageError(
      `${file} is not a target file:\n  ${place} is not an address${shown === undefined ? '' : `: ${shown}`}`,
    )
  }
  const { username, password } = new URL(address)
  if (username !== '' || password !== '') {
    throw new UsageError(
      `${file} is not a target file:\n  ${place} contains a user name or a password. ` +
        'Put secrets into environment variables or files, and name those in auth.',
    )
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await limitedText(file)
  } catch (error) {
    if (error instanceof UsageError) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') {
      throw new UsageError(
        `There is no target file ${resolve(file)}. poolproof init makes one; without a target file, a run tests the built-in reference.`,
      )
    }
    if (code === 'EISDIR') throw new UsageError(`${file} is a directory, not a target file.`)
    throw new UsageError(`The target file ${file} cannot be read (${code ?? String(error)}).`)
  }
}
