/** `slb`: a call whose list of servers is replaced after signing. */

import type { HttpRequest } from '../model.ts'
import { percentEncodePairs } from '../wire/percent-encoding.ts'
import type { Pairs } from './canonical.ts'
import type { Signed } from './signer.ts'

/** Signs a call. For `altered`, signs it with an empty list, then puts the real list in: in the query or the body. */
export function alteredList(request: HttpRequest, sign: (request: HttpRequest) => Signed): Signed {
  if (request.credentials !== 'altered') return sign(request)
  const form = pairsOf(request.body)
  const list = [...(request.query ?? []), ...form].find(([name]) => name === listName)?.[1] ?? ''
  const { request: signed, secrets } = sign(withList(request, '[]'))
  return { request: withList(signed, list), secrets }
}

const listName = 'BackendServers'

function withList(request: HttpRequest, list: string): HttpRequest {
  const put = (pairs: Pairs): Pairs =>
    pairs.map(([name, value]) => [name, name === listName ? list : value])
  const { query, body } = request
  return {
    ...request,
    ...(query === undefined ? {} : { query: put(query) }),
    ...(body === undefined ? {} : { body: percentEncodePairs(put(pairsOf(body))) }),
  }
}

function pairsOf(body: string | undefined): Pairs {
  return body === undefined ? [] : [...new URLSearchParams(body)]
}
