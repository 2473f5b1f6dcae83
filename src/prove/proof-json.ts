/** A proof as `prove.json`, for programs. */

import { problems } from '../documents/schema.ts'
import { legibleJson } from '../report/legible.ts'
import type { Proof } from './proof.ts'

const schemaName = 'prove.schema.json'

/** @throws {Error} When the proof does not match its schema, which is a fault of ours. */
export function proofJson(proof: Proof): string {
  const found = problems(schemaName, proof)
  if (found.length === 0) return `${legibleJson(proof)}\n`
  const places = found.slice(0, 10).map((problem) => `  ${problem}`)
  throw new Error(`The proof does not match schemas/${schemaName}:\n${places.join('\n')}`)
}
