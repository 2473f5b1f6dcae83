/** Why a target cannot be asked: a mistake that a person has to correct, or a bad moment. Pure. */

import type { RecordedExchange } from '../model.ts'
import { onOneLine } from '../report/legible.ts'
import type { Secret, Target } from '../target.ts'

/** What is known when a probe has failed. */
export interface FailedProbe {
  readonly target: Target
  /** Why, as a sentence. */
  readonly reason: string
  /** The last exchange; absent when nothing was sent. */
  readonly exchange?: RecordedExchange
  /** No credentials could be obtained, and asking again is of no use. */
  readonly refusedCredentials?: boolean
  /** The endpoint is plain HTTP, and TLS answers there. */
  readonly speaksTls?: boolean
}

/** What to tell the operator, and whether they have to correct something. */
export interface Diagnosis {
  readonly sentence: string
  /** Otherwise the same run may succeed later. */
  readonly isMistake: boolean
}

/** Says what happened, in the target's own words too, and what to do about it. */
export function diagnose(probe: FailedProbe): Diagnosis {
  const { reason, exchange, target, refusedCredentials = false, speaksTls = false } = probe
  const refused = refusedCredentials ? credentials(target) : undefined
  const found = refused ?? (speaksTls ? withTls(target) : causeOf(target, exchange))
  const answer = exchange?.response ? wordsOf(exchange.response) : ''
  const parts = [reason, answer, 'Nothing was asked.', found ?? laterOr(target)]
  return { sentence: onOneLine(parts.filter(Boolean).join(' ')), isMistake: found !== undefined }
}

/** What to correct; nothing when time may cure it. */
function causeOf(target: Target, exchange: RecordedExchange | undefined): string | undefined {
  const { response, trouble = '' } = exchange ?? {}
  if (!response) return causes.find(([codes]) => codes.test(trouble))?.[1](target)
  const { status } = response
  if (status === 429 || status === 449 || status >= 500 || isBusy(trouble)) return undefined
  if (status === 407) return proxyVariables
  if (trouble.startsWith('it did not accept') || status === 401 || status === 403) {
    return credentials(target)
  }
  return status >= 300 && status < 400 ? redirected(target, response) : address(target)
}

/** A code of the API for "later"; see `Spelling.busy`. */
function isBusy(trouble: string): boolean {
  return /^\S+ is not an answer to the request/.test(trouble)
}

type Advice = (target: Target) => string

const proxyVariables = 'Check the proxy variables: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY.'

/** By the code of the network error. */
const causes: readonly (readonly [codes: RegExp, advice: Advice])[] = [
  [
    /SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET_ISSUER)|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE/,
    (target) =>
      `The certificate of ${hostOf(target)} is not signed by an authority that Node.js trusts. If you trust it, name it, or its authority, as tls.ca in ${fileOf(target)}.`,
  ],
  [
    /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID/,
    (target) => `The certificate of ${hostOf(target)} is not valid today. It has to be replaced.`,
  ],
  [
    /ERR_TLS_CERT_ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    (target) =>
      `The certificate is for another name. Use that name in endpoint in ${fileOf(target)}.`,
  ],
  [
    /wrong version number|packet length too long|http request/i,
    (target) =>
      `${hostOf(target)} does not speak TLS. If it serves plain HTTP, write http:// in endpoint in ${fileOf(target)}.`,
  ],
  [
    /ALERT_(?:CERTIFICATE|BAD_CERTIFICATE|UNKNOWN_CA|HANDSHAKE)|alert (?:certificate|bad certificate|unknown ca|handshake)/i,
    (target) =>
      `The target refused the TLS handshake. If it requires a certificate of the client, name it as tls.certificate and tls.key in ${fileOf(target)}.`,
  ],
  [
    /ENOTFOUND|EAI_AGAIN|EAI_NONAME|EAI_NODATA/,
    (target) =>
      `The name ${new URL(target.endpoint).hostname} cannot be resolved. Check endpoint in ${fileOf(target)}, and the proxy variables if the target is behind a proxy.`,
  ],
  [
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/,
    (target) => `Nothing can be reached at ${hostOf(target)}. Check endpoint in ${fileOf(target)}.`,
  ],
  [/EPROXYAUTH|the proxy requires other credentials/, () => proxyVariables],
  [
    /HPE_|EPROTO|its answer is not valid HTTP/,
    (target) => `Check endpoint in ${fileOf(target)}: what answers there is not an HTTP server.`,
  ],
]

function withTls(target: Target): string {
  return `${hostOf(target)} speaks TLS: write https:// in endpoint in ${fileOf(target)}.`
}

/** May a server that expects TLS have answered, or hung up, like that? */
export function mayExpectTls(
  { endpoint }: Target,
  exchange: RecordedExchange | undefined,
): boolean {
  const { response } = exchange ?? {}
  return endpoint.startsWith('http:') && (response === undefined || response.status === 400)
}

function redirected(
  target: Target,
  { headers }: NonNullable<RecordedExchange['response']>,
): string {
  const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  const where = location === undefined ? 'where it redirects to' : location
  return `If the API is at ${where}, use that address in endpoint in ${fileOf(target)}.`
}

/** The part of the path that each request of a dialect adds to the endpoint. */
const documentedPaths = { elb: '/v2.0/lbaas', slb: '/' } as const

/** Whatever answers there is not the API. */
function address(target: Target): string {
  const { dialect, endpoint } = target
  const path = documentedPaths[dialect]
  const without = endpoint.replace(/\/v2(?:\.0)?(?:\/lbaas)?\/?$/, '')
  if (dialect === 'elb' && without !== endpoint) {
    return `The documented path ${path} is appended to endpoint, which already ends in it: write ${without} in ${fileOf(target)}.`
  }
  return `Check endpoint and dialect in ${fileOf(target)}: the documented path ${path} is appended to endpoint, and an ${dialect} API must answer there.`
}

function credentials(target: Target): string {
  const secrets = Object.values(target.auth as object).filter((value) => typeof value === 'object')
  const places = (secrets as Secret[]).map((secret) =>
    'env' in secret ? `${secret.env} in the environment` : secret.file,
  )
  return `Check endpoint and auth in ${fileOf(target)}, and ${places.join(' and ')}.`
}

function laterOr(target: Target): string {
  return `Try again later, or check endpoint in ${fileOf(target)}.`
}

function fileOf({ file }: Target): string {
  return file ?? 'the target file'
}

function hostOf({ endpoint }: Target): string {
  return new URL(endpoint).host
}

/** Characters of an answer: enough for a code and a sentence. */
const mostOfAnAnswer = 300

/** Code and words of the target as it wrote them; of a web page its title. */
function wordsOf({ body }: NonNullable<RecordedExchange['response']>): string {
  const isPage = /^\s*<(?:!doctype|html)/i.test(body)
  const [, title = ''] = isPage ? (/<title[^>]*>([^<]*)/i.exec(body) ?? []) : []
  const text = onOneLine(isPage ? title : body)
  if (text === '') return ''
  const words = text.length > mostOfAnAnswer ? `${text.slice(0, mostOfAnAnswer)}…` : text
  return isPage ? `It answered with a web page: "${words}".` : `Its words: ${words}`
}
