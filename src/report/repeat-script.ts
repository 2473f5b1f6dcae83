/**
 * The exchanges of a finding as a shell script: bash, curl and, for signed calls, openssl. It needs nothing of
 * Poolproof, and holds no secret: credentials come from environment variables.
 */

import type { Dialect, RecordedExchange } from '../model.ts'
import type { Finding, ReportedTarget } from './report.ts'

/** The variables that a script reads. */
export const scriptVariables: Readonly<Record<Dialect, readonly string[]>> = {
  elb: ['ELB_TOKEN', 'LOADBALANCER_ID'],
  slb: ['SLB_ACCESS_KEY_ID', 'SLB_ACCESS_KEY_SECRET', 'LOADBALANCER_ID'],
}

/** The script, or `undefined` where nothing was sent. */
export function repeatScript(
  { id, text, dialect, evidence }: Finding,
  target: ReportedTarget | undefined,
): string | undefined {
  const sent = evidence.filter(
    ({ request }) => target !== undefined && request.url.startsWith(target.endpoint),
  )
  if (sent.length === 0) return undefined
  const known = new Variables()
  const endpoint = target?.endpoint ?? ''
  const steps = sent.map((exchange, index) =>
    step(exchange, index + 1, { endpoint, dialect, known }),
  )
  const lent = known.lent.map((name) => `: "\${${name}:?the id of a load balancer of your own}"`)
  return [
    '#!/usr/bin/env bash',
    comment(`${id}: ${text}`),
    '# It creates, changes and deletes objects. Run it only against an account that is meant for tests.',
    'set -euo pipefail',
    `endpoint=\${ENDPOINT:-${quoted(endpoint)}}`,
    ...lent,
    dialect === 'elb' ? elbCall : slbCall,
    ...steps,
    '',
  ].join('\n')
}

interface Around {
  readonly endpoint: string
  readonly dialect: Dialect
  readonly known: Variables
}

/** Ids that the target gives out: they are others each time, so the script reads them from the answers. */
class Variables {
  readonly #names = new Map<string, string>()
  #lent: string | undefined

  get lent(): readonly string[] {
    return this.#lent === undefined ? [] : ['LOADBALANCER_ID']
  }

  /** A text in which ids are replaced by variables, quoted for the shell. */
  quoted(text: string): string {
    const ids = [...this.#names.keys()].toSorted((one, other) => other.length - one.length)
    if (ids.length === 0) return quoted(text)
    // oxlint-disable-next-line linear/expressions -- ids one by one, escaped
    const pattern = new RegExp(
      ids.map((one) => one.replaceAll(/[^\w-]/g, String.raw`\$&`)).join('|'),
      'g',
    )
    let quotedText = ''
    let at = 0
    for (const { 0: found, index } of text.matchAll(pattern)) {
      if (index > at) quotedText += quoted(text.slice(at, index))
      quotedText += `"$${this.#names.get(found)}"`
      at = index + found.length
    }
    return at < text.length || quotedText === '' ? quotedText + quoted(text.slice(at)) : quotedText
  }

  /** The load balancer was there before: the reader has to bring one. */
  lend(id: string): void {
    if (this.#lent !== undefined || this.#names.has(id)) return
    this.#lent = id
    this.#names.set(id, 'LOADBALANCER_ID')
  }

  /** A line for each new id of an answer to a creation: it is the n-th value of its key. */
  learn({ request, response }: RecordedExchange): readonly string[] {
    const isCreation =
      /^POST$/.test(request.method) || /Action=Create/.test(request.url + (request.body ?? ''))
    if (!isCreation || !response || response.status >= 300) return []
    const found = [
      ...response.body.matchAll(/"(id|VServerGroupId|LoadBalancerId)"\s*:\s*"([\w-]{4,64})"/g),
    ]
    const counts = new Map<string, number>()
    return found.flatMap(([, key = '', value = '']) => {
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      if (this.#names.has(value)) return []
      const name = `id${this.#names.size + 1}`
      this.#names.set(value, name)
      return [`${name}=$(nth ${key} ${count})`]
    })
  }
}

function step(
  exchange: RecordedExchange,
  number: number,
  { endpoint, dialect, known }: Around,
): string {
  const { purpose, request, response } = exchange
  const [, lent] =
    /(?:loadbalancer_id"\s*:\s*"|loadbalancer_id=|LoadBalancerId=)([\w-]{4,64})/.exec(
      `${request.url} ${request.body ?? ''}`,
    ) ?? []
  if (lent !== undefined) known.lend(lent)
  const came = response ? String(response.status) : 'no answer'
  const below = request.url.startsWith(endpoint) ? request.url.slice(endpoint.length) : request.url
  const type = request.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const words = [
    'call',
    quoted(credentialsWord(request)),
    quoted(request.method),
    known.quoted(below),
    quoted(type),
    ...(request.body === undefined ? [] : [known.quoted(request.body)]),
  ]
  const lines = [
    '',
    comment(`${number}. ${purpose}; it answered ${came}.`),
    ...(dialect === 'slb' && particular(request) ? [comment(particularNote)] : []),
    words.join(' '),
    ...known.learn(exchange),
  ]
  return lines.join('\n')
}

const particularNote =
  'This call was signed in a particular way that the script cannot repeat; it is sent with the right signature.'

function particular({ credentials }: RecordedExchange['request']): boolean {
  return (
    credentials !== undefined &&
    !['(redacted)', '(none)', '(wrong)'].includes(credentials.value) &&
    !credentials.value.includes('may only read')
  )
}

function credentialsWord({ credentials }: RecordedExchange['request']): string {
  const value = credentials?.value ?? '(redacted)'
  if (value === '(none)') return 'none'
  if (value === '(wrong)' || value.startsWith('(unknown')) return 'wrong'
  if (value.includes('may only read')) return 'readonly'
  return value.includes('another account') ? 'other' : 'own'
}

/** One argument of the shell, whatever is in it. */
function quoted(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** A line of its own, also where a text has line ends. */
function comment(text: string): string {
  return `# ${text.replaceAll(/\s+/g, ' ')}`
}

const shown = `nth() { grep -o "\\"$1\\" *: *\\"[^\\"]*\\"" <<<"$answer" | sed -n "$2p" | sed 's/.*: *"//; s/"$//'; }`

const elbCall = `# ELB_TOKEN: a token of the project. ELB_OTHER_TOKEN: of another project, where a step needs one.
${shown}
call() { # credentials, method, path, content type, body
  local token=() type=() body=()
  case $1 in
    own) token=(-H "X-Auth-Token: \${ELB_TOKEN:?a token of the project}") ;;
    other) token=(-H "X-Auth-Token: \${ELB_OTHER_TOKEN:?a token of another project}") ;;
    wrong) token=(-H 'X-Auth-Token: nobody-has-this-token') ;;
  esac
  [ -z "$4" ] || type=(-H "Content-Type: $4")
  [ $# -lt 5 ] || body=(--data-binary "$5")
  answer=$(curl -sS --path-as-is -w '\\n%{http_code}' -X "$2" "\${token[@]}" "\${type[@]}" "\${body[@]}" "$endpoint$3")
  echo "$2 $3 -> \${answer##*$'\\n'}"
  answer=\${answer%$'\\n'*}
  echo "$answer"
}`

const slbCall = `# SLB_ACCESS_KEY_ID, SLB_ACCESS_KEY_SECRET: an access key of the account (HMAC-SHA1). SLB_OTHER_…: of another account.
# SLB_READ_ONLY_…: of the same account, with the right to read and no other. Each only where a step needs it.
${shown}
encode() { # percent-encodes what RFC 3986 does not leave as it is
  local LC_ALL=C text=$1 out= char
  while [ -n "$text" ]; do
    char=\${text:0:1}; text=\${text:1}
    case $char in [A-Za-z0-9._~-]) out+=$char ;; *) printf -v char '%%%02X' "'$char"; out+=$char ;; esac
  done
  printf '%s' "$out"
}
call() { # credentials, method, path with query, content type, form
  local key=\${SLB_ACCESS_KEY_ID:-} secret=\${SLB_ACCESS_KEY_SECRET:-} given=\${5:-\${3#*\\?}} signed=() all to_sign
  case $1 in
    other) key=\${SLB_OTHER_ACCESS_KEY_ID:?} secret=\${SLB_OTHER_ACCESS_KEY_SECRET:?} ;;
    readonly) key=\${SLB_READ_ONLY_ACCESS_KEY_ID:?} secret=\${SLB_READ_ONLY_ACCESS_KEY_SECRET:?} ;;
    wrong) secret=nobody-has-this-secret ;;
  esac
  all=$(tr '&' '\\n' <<<"$given")
  if [ "$1" != none ]; then
    : "\${key:?SLB_ACCESS_KEY_ID is not set}" "\${secret:?SLB_ACCESS_KEY_SECRET is not set}"
    all+=$'\\n'"AccessKeyId=$(encode "$key")"$'\\n'"SignatureMethod=HMAC-SHA1"$'\\n'"SignatureVersion=1.0"
    all+=$'\\n'"SignatureNonce=$(openssl rand -hex 16)"$'\\n'"Timestamp=$(encode "$(date -u +%Y-%m-%dT%H:%M:%SZ)")"
    to_sign="$2&%2F&$(encode "$(LC_ALL=C sort <<<"$all" | paste -sd '&' -)")"
    all+=$'\\n'"Signature=$(encode "$(printf '%s' "$to_sign" | openssl dgst -sha1 -hmac "$secret&" -binary | base64)")"
  fi
  all=$(paste -sd '&' - <<<"$all")
  if [ $# -ge 5 ]; then signed=(--data-binary "$all" "$endpoint/"); else signed=("$endpoint/?$all"); fi
  answer=$(curl -sS -w '\\n%{http_code}' -X "$2" "\${signed[@]}")
  echo "$2 \${given%%&*} -> \${answer##*$'\\n'}"
  answer=\${answer%$'\\n'*}
  echo "$answer"
}`
