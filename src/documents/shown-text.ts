/** What messages may repeat of a file that people write: a secret may stand where it should not. */

/** So many letters and digits in a row, mixed, are rarely a word. */
const longestWord = 16

const uuid = /[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/i

/** Could it be a token or a key that was put in the wrong place? */
export function looksSecret(text: string): boolean {
  if (uuid.test(text)) return true
  return text
    .split(/[^A-Za-z0-9]+/)
    .some((word) => word.length >= longestWord && /\d/.test(word) && /[A-Za-z]/.test(word))
}

/** Characters of a value that a message repeats. */
const mostShown = 80

/** The beginning of a value, in quotes; nothing when it could be a secret. */
export function shownValue(text: string): string | undefined {
  if (looksSecret(text)) return undefined
  return JSON.stringify(text.length > mostShown ? `${text.slice(0, mostShown)}…` : text)
}

/** An address without what can hold a secret: user name, password, query and fragment. */
export function shownAddress(address: string): string {
  const [before = ''] = address.split(/[?#]/, 1)
  const scheme = /^[A-Za-z][A-Za-z0-9+.-]*:\/\//.exec(before)?.[0] ?? ''
  return scheme + before.slice(scheme.length).split('@').at(-1)!
}

/** `ELB_TOKEN`: words in capitals. A key in capitals has longer ones. */
const usual = /^_*[A-Z][A-Z0-9]{0,15}(?:_+[A-Z0-9]{1,16})*$/

/** The name of an environment variable, where it is certainly one; else nothing, for it may be a secret. */
export function shownVariable(name: string): string | undefined {
  return name.length <= 64 && usual.test(name) && !looksSecret(name) ? name : undefined
}
