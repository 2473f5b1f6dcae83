/** The response table of any extracted operation: what its own answers show, row by row. */

import { misfitsIn } from '../../generate/answer-schema.ts'
import { shownAt } from '../../generate/fit.ts'
import { rowsIn, type Row } from '../../generate/row.ts'
import { unseenReason } from '../../generate/set-up-exceptions.ts'
import { isPlain, plainKeywords } from '../../generate/set-up-operations.ts'
import { NotOffered, type Exchange } from '../../model.ts'
import { assertControl, assertThat } from '../assert.ts'
import { unobservable, type Entry } from '../check.ts'
import type { RowsOf, WithContext } from './request-rows.ts'
import { joined } from './request-places.ts'

/**
 * A check for each row whose meaning is plain; its answers come from the situations of the recipe, once a run.
 *
 * @param operation - What the rows are called after, as their ids have it.
 * @param unseen - Paths that an answer does not show, as `unseenReason` takes them.
 */
export function responseRowEntries<Ground extends WithContext, Arranged>(
  of: RowsOf<Ground, Arranged>,
  unseen: Readonly<Record<string, string>> = {},
): readonly Entry[] {
  return rowsIn(of.document, 'response')
    .filter(({ keyword }) => plainKeywords.includes(keyword))
    .map((row) => {
      const { id, source } = row
      const needs = of.recipe.needs?.(row.path.join('.')) ?? []
      const requirement = { id, level: 'must' as const, text: textOf(row), source, needs }
      const reason = unseenReason(row.path.join('.'), unseen)
      if (reason !== undefined) return unobservable(requirement, reason)
      return { requirement, ask: (ground: Ground) => askRow(of, row, ground) }
    })
}

function textOf({ path, keyword, value }: Row): string {
  const what = path.join('.').replaceAll('.items', '[]') || 'the body'
  const spelled = [value]
    .flat()
    .map(String)
    .join(keyword === 'enum' ? ', ' : ' or ')
  return keyword === 'type'
    ? `In an answer, ${what} has the type ${spelled}.`
    : `In an answer, the ${keyword} of ${what} is kept: ${spelled}.`
}

async function askRow<Ground extends WithContext, Arranged>(
  of: RowsOf<Ground, Arranged>,
  row: Row,
  ground: Ground,
): Promise<void> {
  const { dialect, operation } = of.document
  const answers = await ground.context.shared(`${dialect}/${operation}/response`, () =>
    answersIn(of, ground),
  )
  const wrong = answers
    .flatMap(({ body }) => misfitsIn(of.document, operation, body))
    .filter((misfit) => misfit.row === row.id && isPlain(misfit))
  assertThat(wrong.length === 0, `In an answer, ${wrong[0]?.message ?? ''}`)
  const shown = answers.flatMap(({ body }) => shownAt(body, row.path))
  if (shown.every((value) => value === null)) {
    throw new NotOffered(`The target was found to show no ${row.path.join('.') || 'body'}.`)
  }
}

async function answersIn<Ground extends WithContext, Arranged>(
  { recipe }: RowsOf<Ground, Arranged>,
  ground: Ground,
): Promise<readonly Exchange[]> {
  const answers: Exchange[] = []
  for (const more of recipe.situations ?? [() => ({})]) {
    const arranged = await recipe.arrange(ground, '')
    const request = joined(recipe.valid(ground, arranged), more(ground, arranged))
    const answered = await recipe.send(ground, arranged, request)
    assertControl(answered, 'a valid request')
    answers.push(answered)
  }
  return answers
}
