/** A text without its differences of spelling, so that secrets can be found in it. */

import { hexDigit, type View } from './escapes.ts'
import { isUnseen, mayBeginUnseen, unseenUnits } from './unseen.ts'

/** Which characters are compared: all that can be seen, or letters and digits only. */
export type Form = 'visible' | 'alphanumeric'

/** The characters of a text that a form compares, in lower case. */
export interface Normal {
  readonly length: number
  /** May be longer than `length`. */
  readonly codes: Uint16Array
  /** The place of each character in the text or the view. */
  readonly places: Int32Array
}

/**
 * Memory for one text after the other. Most texts are small, and there are hundreds of thousands of them.
 * What is returned holds only until the next call.
 */
const shared = { codes: new Uint16Array(8192), places: new Int32Array(8192) }

/**
 * The characters that a form compares. Blanks, control characters and everything that takes no space are left
 * out, and in the alphanumeric form all punctuation too, with the `0x` before two hexadecimal digits.
 *
 * @returns an object that holds until the next call.
 */
export function normal(text: string | View, form: Form): Normal {
  const table = tables[form]
  const source = typeof text === 'string' ? undefined : text.codes
  const string = typeof text === 'string' ? text : ''
  const isAlphanumeric = form === 'alphanumeric'
  const { codes, places } = memoryFor(text.length)
  let length = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = source ? source[at]! : string.charCodeAt(at)
    const compared = table[code]! || learnt(code, form)
    if (compared === leftOut) continue
    const isPart = compared === perhapsLeftOut || (code === zero && isAlphanumeric)
    const skipped = isPart ? unitsLeftOut(text, at) : 0
    if (skipped > 0) {
      at += skipped - 1
      continue
    }
    codes[length] = compared === perhapsLeftOut ? lowerCase(code) : compared
    places[length] = at
    length += 1
  }
  return { length, codes, places }
}

/** How many units from here are not compared, as a whole: a character that shows nothing, or a prefix. */
function unitsLeftOut(text: string | View, at: number): number {
  const codeAt = (place: number) =>
    typeof text === 'string'
      ? text.charCodeAt(place)
      : place < text.length
        ? text.codes[place]!
        : Number.NaN
  return codeAt(at) === zero ? (isHexPrefix(codeAt, at) ? 2 : 0) : unseenUnits(codeAt, at)
}

function memoryFor(length: number): Pick<Normal, 'codes' | 'places'> {
  if (length <= shared.codes.length) return shared
  return { codes: new Uint16Array(length), places: new Int32Array(length) }
}

const zero = 0x30

function isHexPrefix(codeAt: (place: number) => number, at: number): boolean {
  if ((codeAt(at + 1) | 0x20) !== 0x78) return false
  return hexDigit(codeAt(at + 2)) >= 0 && hexDigit(codeAt(at + 3)) >= 0
}

/** By character, the one that it is compared as; `leftOut` for none, 0 where it was not needed yet. */
const tables: Readonly<Record<Form, Uint16Array>> = {
  visible: new Uint16Array(0x10000),
  alphanumeric: new Uint16Array(0x10000),
}

const leftOut = 1

/** It depends on what follows. */
const perhapsLeftOut = 2

function learnt(code: number, form: Form): number {
  const compared = comparedAs(code, form)
  tables[form][code] = compared
  return compared
}

function comparedAs(code: number, form: Form): number {
  const character = String.fromCharCode(code)
  if (isUnseen(character)) return leftOut
  if (mayBeginUnseen(code)) return perhapsLeftOut
  if (form === 'alphanumeric' && /[!-/:-@[-`{-~]/.test(character)) return leftOut
  return lowerCase(code)
}

function lowerCase(code: number): number {
  const character = String.fromCharCode(code)
  const lower = character.toLowerCase()
  return (lower.length === 1 ? lower : character).charCodeAt(0)
}
