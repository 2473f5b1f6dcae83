/** Undoes the escapes of URLs, JSON, JavaScript, XML, mail and terminals, and remembers where each character came from. */

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

/** With which the colours of a terminal begin: ESC and `[`, CSI, and CSI as two bytes of UTF-8. */
const introducers: readonly (readonly number[])[] = [[0x1b, 0x5b], [0x9b], [0xc2, 0x9b]]
const introducing = new Set(introducers.flatMap(([first = 0]) => first))

/** Characters that can begin an escape. */
const beginnings = new RegExp(`[%&=\\\\${String.fromCharCode(...introducing)}]`)

/**
 * The same text with one level of escapes undone: `%41`, `%u0041`, `\u0041`, `\u{41}`, `\U00000041`, `\x41`,
 * `\101`, `\n`, `\/`, `&#65;`, `&#x41;`, `&lt;`, and `=41` with the soft line breaks of quoted-printable. Codes
 * that colour the text of a terminal are left out.
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
  if (code === 0x25)
    return unitAfter(view, at) === 0x75 ? inHex(view, at, 2, 4) : inHex(view, at, 1, 2)
  if (code === 0x3d) return softBreak(view, at) ?? inHex(view, at, 1, 2)
  if (code === 0x5c) return afterBackslash(view, at)
  if (code !== undefined && introducing.has(code)) return colour(view, at)
  return code === 0x26 ? entity(view, at) : undefined
}

function unitAfter(view: View, at: number): number {
  return at + 1 < view.length ? view.codes[at + 1]! : 0
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
  return { codes: unitsOf(value), length: introduction + count }
}

/** The units of a character; a surrogate by itself stays one. */
function unitsOf(point: number): number[] {
  if (point <= 0xffff) return [point]
  return [0xd800 + ((point - 0x10000) >> 10), 0xdc00 + (point & 0x3ff)]
}

const lastCharacter = 0x10ffff

/** A number, and the place after its last digit. */
interface Digits {
  readonly value: number
  readonly end: number
}

/**
 * All digits of a base from a place on; none where the number is not that of a character. None of them begins an escape, so
 * each is read once, however many zeros are in front.
 */
function digitsAt(view: View, from: number, base: number, most = view.length): Digits | undefined {
  let value = 0
  let end = from
  while (end < view.length && end - from < most) {
    const digit = hexDigit(view.codes[end]!)
    if (digit < 0 || digit >= base) break
    value = value * base + digit
    if (value > lastCharacter) return undefined
    end += 1
  }
  return end === from ? undefined : { value, end }
}

/** Letters that stand for a control character after a backslash, and signs that stand for themselves. */
const controls = new Set(Array.from('bfnrtv', (letter) => letter.charCodeAt(0)))
const signs = new Set(Array.from('"\'\\/', (sign) => sign.charCodeAt(0)))

function afterBackslash(view: View, at: number): Escape | undefined {
  const next = unitAfter(view, at)
  if (next === 0x75) return inBraces(view, at) ?? inHex(view, at, 2, 4)
  if (next === 0x78) return inBraces(view, at) ?? inHex(view, at, 2, 2)
  if (next === 0x55) return inLongHex(view, at)
  if (next >= 0x30 && next <= 0x37) return inOctal(view, at)
  if (controls.has(next)) return { codes: [0x20], length: 2 }
  return signs.has(next) ? { codes: [next], length: 2 } : undefined
}

/** `\u{41}`, with any number of zeros. */
function inBraces(view: View, at: number): Escape | undefined {
  if (view.codes[at + 2] !== 0x7b) return undefined
  const found = digitsAt(view, at + 3, 16)
  if (!found || found.end >= view.length || view.codes[found.end] !== 0x7d) return undefined
  return { codes: unitsOf(found.value), length: found.end + 1 - at }
}

/** `\U00000041`, as C and Python write it. */
function inLongHex(view: View, at: number): Escape | undefined {
  const found = digitsAt(view, at + 2, 16, 8)
  return found?.end === at + 10 ? { codes: unitsOf(found.value), length: 10 } : undefined
}

/** One to three octal digits, 377 at most. */
function inOctal(view: View, at: number): Escape | undefined {
  const most = view.codes[at + 1]! <= 0x33 ? 3 : 2
  const found = digitsAt(view, at + 1, 8, most)
  return found && { codes: [found.value], length: found.end - at }
}

/** `ESC [ 1;31 m`: takes no space on a terminal. */
function colour(view: View, at: number): Escape | undefined {
  const introducer = introducers.find(
    (codes) =>
      at + codes.length <= view.length &&
      codes.every((code, index) => view.codes[at + index] === code),
  )
  if (!introducer) return undefined
  let end = at + introducer.length
  while (end < view.length && view.codes[end]! >= 0x30 && view.codes[end]! <= 0x3b) end += 1
  return end < view.length && view.codes[end] === 0x6d
    ? { codes: [], length: end + 1 - at }
    : undefined
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

const longestName = 4

function entity(view: View, at: number): Escape | undefined {
  if (unitAfter(view, at) === 0x23) return numbered(view, at)
  const end = Math.min(view.length, at + longestName + 2)
  let to = at + 1
  while (to < end && view.codes[to] !== 0x3b && view.codes[to] !== 0x26) to += 1
  if (to >= end || view.codes[to] !== 0x3b) return undefined
  const code = named.get(String.fromCharCode(...view.codes.subarray(at + 1, to)))
  return code === undefined ? undefined : { codes: [code], length: to + 1 - at }
}

/** `&#65;` and `&#x41;`; browsers do not need the semicolon. */
function numbered(view: View, at: number): Escape | undefined {
  const isHex = at + 2 < view.length && (view.codes[at + 2]! | 0x20) === 0x78
  const found = digitsAt(view, at + (isHex ? 3 : 2), isHex ? 16 : 10)
  if (!found) return undefined
  const isClosed = found.end < view.length && view.codes[found.end] === 0x3b
  return { codes: unitsOf(found.value), length: found.end + (isClosed ? 1 : 0) - at }
}
