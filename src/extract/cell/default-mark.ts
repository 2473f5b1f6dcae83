/** Marks that make a value of a list the default: `(default)`, or a sentence of its own. */

const MARK = /\s?[([]\s*(?:this is |by )?(?:the )?default(?: value| setting| option)?\s*[)\]]/gi
const SENTENCE =
  /^\(?(?:this|it|which)(?: value| option| setting)? is (?:also )?(?:used as )?(?:the|a) default(?: value| setting| option)?\.?\)?$|^default(?: value)?[.!]?$/i

export function hasDefaultMark(text: string): boolean {
  return text.search(MARK) !== -1
}

export function withoutDefaultMark(text: string): string {
  return text.replace(MARK, '')
}

/** `This is the default value.`, behind the meaning of the value. */
export function saysDefault(sentence: string): boolean {
  return SENTENCE.test(sentence.trim())
}
