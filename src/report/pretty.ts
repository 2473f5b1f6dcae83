/** Bodies formatted for reading. Only white space changes, because a body is evidence. */

const jsonToken = /"(?:[^"\\]|\\.)*"|\{\s*\}|\[\s*\]|[{}[\],:]|[^\s"{}[\],:]+/g

/** Where a token of XML ends, by how it begins: the first that fits. */
const xmlEnds: readonly (readonly [beginning: string, end: string])[] = [
  ['<![CDATA[', ']]>'],
  ['<!--', '-->'],
  ['<', '>'],
]

/** Characters. A longer body is shown as it was received: no one reads it to the end. */
const longest = 50_000

/** Levels of nesting. Deeper indentation would move the text out of sight. */
const deepest = 20

/** JSON and XML indented, a form with one parameter on each line, anything else as it was received. */
export function pretty(body: string): string {
  if (body.length > longest) return body
  const text = body.trim()
  if (isJson(text)) return indentedJson(text)
  if (/^<[?a-z]/i.test(text) && text.endsWith('>') && !/^<(?:!doctype )?html/i.test(text)) {
    return indentedXml(text)
  }
  if (/^[\w.~%-]+=[^\s<{]*$/.test(text) && /[&%]/.test(text)) return parameters(text)
  return body
}

/** The parameters of a query or a form, decoded, one on each line. */
export function parameters(encoded: string): string {
  const lines = encoded.split('&').map((pair) => {
    const [name = '', ...value] = pair.split('=')
    return `${decoded(name)} = ${decoded(value.join('='))}`
  })
  return lines.join('\n')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text // Not percent-encoded after all, so it is shown as it was received.
  }
}

function isJson(text: string): boolean {
  if (!/^[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** Token by token, not by value: duplicate keys, big numbers and escapes stay as the target wrote them. */
function indentedJson(text: string): string {
  let depth = 0
  const laidOut = (text.match(jsonToken) ?? []).map((token) => {
    if (token === ':') return ': '
    if (token === ',') return `,${lineAt(depth)}`
    if (token === '{' || token === '[') return token + lineAt(++depth)
    if (/^[[{]\s*[\]}]$/.test(token)) return token.charAt(0) + token.slice(-1)
    return token === '}' || token === ']' ? lineAt(--depth) + token : token
  })
  return laidOut.join('')
}

function lineAt(depth: number): string {
  return `\n${'  '.repeat(Math.max(0, Math.min(depth, deepest)))}`
}

function indentedXml(text: string): string {
  let depth = 0
  let laidOut = ''
  let lastOpened = false
  for (const token of xmlTokens(text)) {
    const kind = kindOf(token)
    if (kind === 'space') continue
    if (kind === 'close') depth -= 1
    const joins = kind === 'text' || (kind === 'close' && lastOpened)
    laidOut += joins || laidOut === '' ? token : lineAt(depth) + token
    if (kind === 'open') depth += 1
    lastOpened = kind === 'open' || kind === 'text'
  }
  return laidOut
}

/** In one pass: what is opened and never closed is one token with everything after it. */
function xmlTokens(text: string): string[] {
  const tokens: string[] = []
  for (let at = 0; at < text.length;) {
    const [, end] = xmlEnds.find(([beginning]) => text.startsWith(beginning, at)) ?? []
    const found = text.indexOf(end ?? '<', at)
    const next = found < 0 ? text.length : found + (end?.length ?? 0)
    tokens.push(text.slice(at, next))
    at = next
  }
  return tokens
}

function kindOf(token: string): 'open' | 'close' | 'empty' | 'text' | 'space' {
  if (token.trim() === '') return 'space'
  if (!token.startsWith('<') || token.startsWith('<![CDATA[')) return 'text'
  if (token.startsWith('</')) return 'close'
  return /^<[?!]|\/>$/.test(token) ? 'empty' : 'open'
}
