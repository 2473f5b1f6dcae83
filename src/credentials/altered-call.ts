/** `slb`: a call whose list of servers is replaced after signing. */

import type { HttpRequest } from '../model.ts'
import type { Pairs } from './canonical.ts'
import type { Signed } from './signer.ts'

/** Signs a call. For `altered`, signs it with an empty list, then puts the real list in. */
export function alteredList(request: HttpRequest, sign: (request: HttpRequest) => Signed): Signed {
  if (request.credentials !== 'altered') return sign(request)
  const { query = [] } = request
  const list = query.find(([name]) => name === 'BackendServers')?.[1] ?? ''
  const { request: signed, secrets } = sign({ ...request, query: withList(query, '[]') })
  return { request: { ...signed, query: withList(signed.query ?? [], list) }, secrets }
}

function withList(pairs: Pairs, list: string): Pairs {
  return pairs.map(([name, value]) => [name, name === 'BackendServers' ? list : value])
}
