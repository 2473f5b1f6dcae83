/** Characters that take no space or show nothing, so that they can be put between the letters of a secret. */

/** U+2800 is a symbol by its category, and empty; nobody says what private characters look like. */
const unseen = /[\p{Cc}\p{Cf}\p{Co}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Does this character show nothing? @param character - One code point. */
export function isUnseen(character: string): boolean {
  return unseen.test(character)
}

/** Can more than one unit be a character that shows nothing, beginning with this one? */
export function mayBeginUnseen(code: number): boolean {
  if (code >= 0xd800 && code <= 0xdbff) return hasUnseenPairs(code)
  return bytesFrom(code) > 0
}

function hasUnseenPairs(high: number): boolean {
  const lows = Array.from({ length: 0x400 }, (_, index) => 0xdc00 + index)
  return isUnseen(lows.map((low) => String.fromCharCode(high, low)).join(''))
}

/**
 * How many units the unseen character takes that begins here as two surrogates, or as the bytes of UTF-8, each
 * read as one character; 0 when none does.
 *
 * @param codeAt - The unit at a place; anything beyond the end.
 */
export function unseenUnits(codeAt: (place: number) => number, at: number): number {
  const first = codeAt(at)
  if (first < 0xd800) return unseenBytes(codeAt, at, bytesFrom(first))
  const second = codeAt(at + 1)
  const isPair = second >= 0xdc00 && second <= 0xdfff
  return isPair && isUnseen(String.fromCharCode(first, second)) ? 2 : 0
}

/** How many bytes a character of UTF-8 has that begins with this one; 0 when none with two or more does. */
function bytesFrom(first: number): number {
  if (first < 0xc2 || first > 0xf4) return 0
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
}

function unseenBytes(codeAt: (place: number) => number, at: number, count: number): number {
  let point = codeAt(at) & (0x7f >> count)
  for (let place = at + 1; place < at + count; place += 1) {
    const byte = codeAt(place)
    if (!(byte >= 0x80 && byte <= 0xbf)) return 0
    point = (point << 6) | (byte & 0x3f)
  }
  return point <= 0x10ffff && isUnseen(String.fromCodePoint(point)) ? count : 0
}
