/** Asks a person at a terminal for what the flags of `init` have left open. */

import { createInterface } from 'node:readline/promises'
import { UsageError } from '../model.ts'
import { questionsOf, type Answers, type Question } from '../session/new-target.ts'

/** Where a person types and reads. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream
  readonly output: NodeJS.WritableStream
}

/**
 * The answers to all questions: from flags, from a person, or the usual ones. What cannot be an answer is asked for
 * again.
 *
 * @param given - By the name of the flag.
 * @throws {UsageError} When one is needed and there is no terminal to ask at, or the person leaves.
 */
export async function askedAnswers(
  given: Readonly<Record<string, string>>,
  terminal?: Terminal,
): Promise<Answers> {
  const person = terminal && personAt(terminal)
  const answers: Record<string, string> = { ...given }
  try {
    for (;;) {
      const open = questionsOf(answers).find(({ flag }) => answers[flag] === undefined)
      if (!open) break
      answers[open.flag] = person ? await person.answer(open) : usualOf(open, answers)
    }
  } finally {
    person?.leave()
  }
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== ''))
}

interface Person {
  answer(question: Question): Promise<string>
  leave(): void
}

function personAt({ input, output }: Terminal): Person {
  const lines = createInterface({ input, output, terminal: true })
  // It goes on as the signal that it is.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  return {
    answer: async (question) => {
      for (;;) {
        const typed = await lines.question(prompt(question)).catch(explained)
        const value = typed.trim() || (question.usual ?? '')
        const why = unfit(question, value)
        if (why === undefined) return value
        output.write(`${why}\n`)
      }
    },
    leave: () => lines.close(),
  }
}

/** @throws {UsageError} For Ctrl-D: nothing more will be typed. */
function explained(error: unknown): never {
  if ((error as Error).name !== 'AbortError') throw error
  throw new UsageError('The questions were left. No file was written.')
}

/** Why a question is asked again: a sentence. */
function unfit({ optional, unfit: isUnfit }: Question, value: string): string | undefined {
  if (value === '') return optional ? undefined : 'An answer is needed. Ctrl-C leaves.'
  const why = isUnfit?.(value)
  return why && `That is not ${why}.`
}

function prompt({ text, usual, optional }: Question): string {
  const rest = usual === undefined ? (optional ? ' (may be empty)' : '') : ` (${usual})`
  return `${text}${rest}: `
}

/** @throws {UsageError} When there is none; it names everything that is missing. */
function usualOf({ usual, optional }: Question, answers: Answers): string {
  if (usual !== undefined || optional) return usual ?? ''
  const missing = questionsOf(answers)
    .filter((one) => answers[one.flag] === undefined && one.usual === undefined && !one.optional)
    .map(({ flag }) => `--${flag}`)
  throw new UsageError(
    `Standard input is not a terminal. Pass these options: ${missing.join(', ')}. See poolproof init --help.`,
  )
}
