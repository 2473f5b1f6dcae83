/** Asks a reference in this process as its operator would: with the right credentials, and no run around it. */

import { rpcHmacSigner } from '../src/credentials/rpc-hmac.ts'
import { tokenSigner } from '../src/credentials/token.ts'
import type { Dialect, HttpRequest } from '../src/model.ts'
import { percentEncodePairs } from '../src/wire/percent-encoding.ts'
import { referenceProjects } from '../src/reference/elb/given.ts'
import { referenceAccounts } from '../src/reference/slb/given.ts'
import type { Wire } from '../src/wire/wire.ts'

/** Sends a request, and returns the body of the answer. */
export type Send = (request: HttpRequest) => Promise<Readonly<Record<string, unknown>>>

const [own] = referenceAccounts
const [{ token }] = referenceProjects

export function operator(dialect: Dialect, wire: Wire): Send {
  const signer = dialect === 'elb' ? tokenSigner({ token }) : rpcHmacSigner({ own })
  return async (request) => {
    const { request: signed } = await signer.sign(request, () => AbortSignal.timeout(60_000))
    const query = percentEncodePairs(signed.query ?? [])
    const url = `http://reference.invalid${signed.path}?${query}`
    const { text } = await wire({ ...signed, url }, () => AbortSignal.timeout(60_000))
    return (text === '' ? {} : JSON.parse(text)) as Awaited<ReturnType<Send>>
  }
}
