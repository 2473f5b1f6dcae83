/** One file, from its name to a draft or to the sentence that says why there is none. */
import { constants, openSync, readFileSync, closeSync, fstatSync } from 'node:fs'
import { readApiPage } from './findings/api-page.ts'
import { draft, type Drafted } from './schema/document.ts'
import { walk } from './tables/fields.ts'
import { LARGEST, openPage } from './page/open-page.ts'
import { PageRefused } from './page/page.ts'
import { readDecisions } from './schema/store.ts'

export interface Extracted extends Drafted {
  readonly file: string
  /** Rows of parameter tables that became fields. */
  readonly rows: number
}

export interface Refused {
  readonly file: string
  /** One sentence. */
  readonly refused: string
}

/** @param schemas - The folder whose errata settle what the page leaves open. */
export function extractFile(file: string, schemas: string): Extracted | Refused {
  try {
    const { api, findings } = readApiPage(openPage(readBytes(file)))
    if (
      Object.values(api.fields).every((fields) => fields.length === 0) &&
      api.call.path === undefined
    ) {
      throw new PageRefused('The page names no call: neither a method with a path nor a parameter.')
    }
    const rows = Object.values(api.fields).flatMap((fields) => [...walk(fields)]).length
    return { file, rows, ...draft(api, findings, readDecisions(schemas, api.call.dialect)) }
  } catch (error) {
    if (error instanceof PageRefused) return { file, refused: error.message }
    throw error
  }
}

/** Looks at the size before it reads, so that a file of gigabytes costs nothing, and does not wait for a pipe. */
function readBytes(file: string): Uint8Array {
  let handle: number
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    throw new PageRefused('The file does not exist, or cannot be read.', { cause: error })
  }
  try {
    const status = fstatSync(handle)
    if (!status.isFile()) throw new PageRefused('This is a folder; name the pages in it.')
    if (status.size > LARGEST) {
      throw new PageRefused(
        `The file has ${status.size} bytes, and no API page has more than ${LARGEST}.`,
      )
    }
    return readFileSync(handle)
  } finally {
    closeSync(handle)
  }
}
