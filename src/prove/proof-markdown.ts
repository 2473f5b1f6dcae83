/** A proof as Markdown: figures, shortcomings, and a row for each requirement. */

import { code, plain } from '../report/markdown.ts'
import type { MutantResult, Proof, RequirementResult } from './proof.ts'
import { byOperation, figures, inOneSentence, seconds, type OperationGroup } from './proof-text.ts'

export function proofMarkdown(proof: Proof): string {
  const parts = [
    `# Poolproof: ${plain(inOneSentence(proof))}`,
    `${proof.startedAt}, in ${seconds(proof.milliseconds)} on ${proof.threads} threads. Repeat it: ${code(proof.command)}`,
    table(
      ['', ''],
      figures(proof).map(([name, value]) => [plain(name), plain(value)]),
    ),
    ...listed('Shortcomings', proof.shortcomings.map(plain)),
    ...listed('Idle checks', proof.idleChecks.map(code)),
    ...listed('Checks whose requirement no mutant breaks', proof.checksWithoutMutant.map(code)),
    ...byOperation(proof).flatMap((group) => operation(group, proof)),
    '## Variants',
    table(
      ['Variant', 'Allowed by', 'Asked', 'Failed'],
      proof.variants.map(({ dialect, id, allowedBy = '', asked, failures }) => [
        code(`${dialect} ${id}`),
        plain(allowedBy),
        String(asked),
        failures.length === 0 ? '·' : String(failures.length),
      ]),
    ),
  ]
  return `${parts.join('\n\n')}\n`
}

function operation({ operation: name, requirements }: OperationGroup, proof: Proof): string[] {
  const asked = requirements.filter((one) => one.asked)
  return [
    `## ${name}`,
    table(
      ['Requirement', 'Mutants', 'Killed', 'Finds', 'Which'],
      asked.map((one) => row(one, name, proof)),
    ),
  ]
}

function row({ id, mutants, kills }: RequirementResult, name: string, proof: Proof): string[] {
  const own = ownMutants(id, proof)
  const killed = own.filter((mutant) => mutant.killed).length
  return [
    code(id.slice(name.length + 1)),
    String(mutants.length),
    String(killed),
    String(kills.length),
    own.map((mutant) => `${mutant.rightReason ? '●' : '■'} ${code(mutant.id)}`).join(' '),
  ]
}

/** The mutants that break a requirement. */
export function ownMutants(id: string, { mutants }: Proof): MutantResult[] {
  return mutants.filter(({ breaks }) => breaks === id)
}

function listed(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${item}`).join('\n')]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map(() => '---')
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
