/** Undoes the escapes of URLs, JSON, XML and mail, and remembers where each character came from. */

/** The characters of a text after escapes were undone, each with its place in the original text. */
export interface View {
  readonly length: number
  /** May be longer than `length`, as the others. */
  readonly codes: Uint16Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** What one escape stands for, and how many characters it takes. A byte stays one character. */
interface Escape {
  readonly codes: readonly number[]
  readonly length: number
}

/** Characters that can begin an escape. */
const beginnings = /[%&=\\]/

/**
 * The same text with one level of escapes undone: `%41`, `\u0041`, `\x41`, `\n`, `\/`, `&#65;`, `&#x41;`,
 * `&lt;`, and `=41` with the soft line breaks of quoted-printable.
 *
 * @returns `undefined` when there is nothing to undo.
 */
export function unescaped(text: string | View): View | undefined {
  if (typeof text !== 'string') return undone(text)
  return beginnings.test(text) ? undone(viewOf(text)) : undefined
}

function viewOf(text: string): View {
  const view = emptyView(text.length)
  for (let at = 0; at < text.length; at += 1) {
    view.codes[at] = text.charCodeAt(at)
    view.starts[at] = at
    view.ends[at] = at + 1
  }
  return view
}

function emptyView(length: number): View {
  return {
    length,
    codes: new Uint16Array(length),
    starts: new Int32Array(length),
    ends: new Int32Array(length),
  }
}

function undone(view: View): View | undefined {
  const { codes, starts, ends } = emptyView(view.length)
  let length = 0
  let found = false
  for (let at = 0; at < view.length;) {
    const escape = escapeAt(view, at)
    if (!escape) {
      codes[length] = view.codes[at]!
      starts[length] = view.starts[at]!
      ends[length] = view.ends[at]!
      length += 1
      at += 1
      continue
    }
    found = true
    for (const code of escape.codes) {
      codes[length] = code
      starts[length] = view.starts[at]!
      ends[length] = view.ends[at + escape.length - 1]!
      length += 1
    }
    at += escape.length
  }
  return found ? { length, codes, starts, ends } : undefined
}

function escapeAt(view: View, at: number): Escape | undefined {
  const code = view.codes[at]
  if (code === 0x25) return inHex(view, at, 1, 2)
  if (code === 0x3d) return softBreak(view, at) ?? inHex(view, at, 1, 2)
  if (code === 0x5c) return afterBackslash(view, at)
  return code === 0x26 ? entity(view, at) : undefined
}

/** 0 to 15, or -1 when it is not a hexadecimal digit. */
export function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

/** Exactly so many hexadecimal digits after an introduction of some characters. */
function inHex(view: View, at: number, introduction: number, count: number): Escape | undefined {
  const from = at + introduction
  if (from + count > view.length) return undefined
  let value = 0
  for (let place = from; place < from + count; place += 1) {
    const digit = hexDigit(view.codes[place]!)
    if (digit < 0) return undefined
    value = value * 16 + digit
  }
  return { codes: [value], length: introduction + count }
}

/** Letters that stand for a control character after a backslash, and signs that stand for themselves. */
const controls = new Set(Array.from('bfnrtv0', (letter) => letter.charCodeAt(0)))
const signs = new Set(Array.from('"\'\\/', (sign) => sign.charCodeAt(0)))

function afterBackslash(view: View, at: number): Escape | undefined {
  const next = at + 1 < view.length ? view.codes[at + 1]! : 0
  if (next === 0x75) return inHex(view, at, 2, 4)
  if (next === 0x78) return inHex(view, at, 2, 2)
  if (controls.has(next)) return { codes: [0x20], length: 2 }
  return signs.has(next) ? { codes: [next], length: 2 } : undefined
}

/** Quoted-printable ends a long line with `=`. */
function softBreak(view: View, at: number): Escape | undefined {
  const [next, second] = [view.codes[at + 1], view.codes[at + 2]]
  if (at + 1 < view.length && next === 0x0a) return { codes: [], length: 2 }
  if (at + 2 < view.length && next === 0x0d && second === 0x0a) return { codes: [], length: 3 }
  return undefined
}

const named: ReadonlyMap<string, number> = new Map([
  ['amp', 0x26],
  ['apos', 0x27],
  ['gt', 0x3e],
  ['lt', 0x3c],
  ['nbsp', 0xa0],
  ['quot', 0x22],
])

/** Characters between `&` and `;`, at most: zeros may be put in front of a number. */
const longestEntity = 12

function entity(view: View, at: number): Escape | undefined {
  const end = Math.min(view.length, at + longestEntity + 2)
  let to = at + 1
  while (to < end && view.codes[to] !== 0x3b && view.codes[to] !== 0x26) to += 1
  if (to >= end || view.codes[to] !== 0x3b) return undefined
  const name = String.fromCharCode(...view.codes.subarray(at + 1, to))
  const code = named.get(name) ?? numbered(name)
  if (code === undefined || code > 0x10ffff) return undefined
  const character = String.fromCodePoint(code)
  const units = Array.from(character.length === 1 ? [0] : [0, 1], (unit) =>
    character.charCodeAt(unit),
  )
  return { codes: units, length: to + 1 - at }
}

function numbered(name: string): number | undefined {
  if (/^#\d+$/.test(name)) return Number(name.slice(1))
  return /^#x[0-9a-f]+$/i.test(name) ? Number.parseInt(name.slice(2), 16) : undefined
}
