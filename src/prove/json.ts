/** A proof as `prove.json`, for programs and for the record. */

import { problems } from '../documents/schema.ts'
import type { Proof } from './proof.ts'

const schemaName = 'prove.schema.json'

/** @throws {Error} When the proof is not what its schema says. That is a fault of ours. */
export function proofJson(proof: Proof): string {
  const found = problems(schemaName, proof)
  if (found.length === 0) return `${JSON.stringify(proof, null, 2)}\n`
  const places = found.slice(0, 10).map((problem) => `  ${problem}`)
  throw new Error(`The proof does not fit schemas/${schemaName}:\n${places.join('\n')}`)
}
