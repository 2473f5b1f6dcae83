/** Marks of what a caller has to give: a column of its own, or words behind a name. */

export interface Mark {
  readonly mandatory?: boolean
}

/** `Yes.`, `Mandatory`, `O`: nothing where a cell says neither, or both depending on something. */
export function readMandatory(text: string | undefined): Mark {
  const word = (text ?? '').trim().replace(/(?<![\s.:;,!*])[\s.:;,!*]+$/, '')
  if (/^(?:yes|y|true|mandatory|required|m|always|√|✓)$/i.test(word)) return { mandatory: true }
  return /^(?:no|n|false|optional|o|not (?:mandatory|required)|×|✗)$/i.test(word)
    ? { mandatory: false }
    : {}
}

const BEHIND = /(?<!\s)\s*[([]\s*(required|mandatory|optional)\s*[)\]]$/i

/** A name without the mark behind it: `label (Required)`, `label*`. */
export function readName(printed: string): { readonly name: string } & Mark {
  const mark = BEHIND.exec(printed)?.[1]
  if (mark !== undefined)
    return { name: printed.replace(BEHIND, ''), mandatory: !/^optional$/i.test(mark) }
  return { name: printed }
}

const PLACEHOLDER =
  /^(?:name of|user[- ](?:defined|customi[sz]\w+)|custom|additional)\b|\bpairs?$|\b(?:ID|located)$/i

/** `User-defined key-value pair`, `VPC ID`, `x-meta-*`: what stands for names that a caller chooses. */
export function standsForNames(name: string): boolean {
  const words = name.includes(' ') && PLACEHOLDER.test(name) && !name.includes('_')
  return words || /^[\w-]+[-_](?:\*|\{\w+\})$/.test(name)
}
