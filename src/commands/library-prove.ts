/** What the library's `proveOperations` does: faults made from rows, and whether the checks of the rows find them. */

import { ownOperations, ownRows, ownSuite } from '../../suites/index.ts'
import { version } from '../documents/version.ts'
import { prove } from '../prove/prove.ts'
import { inOneSentence } from '../prove/proof-text.ts'
import { onThisThread } from '../prove/threads.ts'
import { serversFaultyIn } from '../reference/own-servers.ts'
import type { OperationsProof, ProveOperationsOptions } from './library-options.ts'

/** See `proveOperations`. */
export async function proofOf(options: ProveOperationsOptions): Promise<OperationsProof> {
  const operations = await ownOperations(options.operations)
  const suites = operations.map((one) => ownSuite(one))
  const all = serversFaultyIn(operations.map((one) => ownRows(one)))
  const servers = options.variants === true ? all : { ...all, variants: [] }
  const selection = { only: options.only ?? [], full: false }
  const runner = onThisThread({ suites, walks: [] }, servers, selection)
  try {
    const { onProgress } = options
    const proof = await prove({
      ...selection,
      suites,
      knownServers: servers,
      runner,
      pairs: 0,
      seed: 1,
      ...(onProgress ? { onProgress: (done, of, what) => onProgress(what, done, of) } : {}),
      about: { poolproof: version(), command: 'proveOperations', threads: 1 },
    })
    const { exitCode, mutants, shortcomings } = proof
    return { exitCode, conclusion: inOneSentence(proof), mutants, shortcomings }
  } finally {
    await runner.close()
  }
}
