/** `poolproof completion`: a script with which a shell completes commands, options and ids. */

import { Command, type Option } from 'commander'
import { UsageError } from '../model.ts'
import { formatNames } from '../report/format-names.ts'
import { streams } from './streams.ts'

/** Each asks `poolproof __complete` for what can follow, and offers files where nothing else can. */
const scripts: Readonly<Record<string, string>> = {
  bash: `_poolproof() {
  local IFS=$'\\n'
  COMPREPLY=($(poolproof __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _poolproof poolproof
`,
  zsh: `#compdef poolproof
_poolproof() {
  local -a found
  found=("\${(@f)$(poolproof __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi
}
compdef _poolproof poolproof
`,
  fish: `complete -c poolproof -a '(poolproof __complete -- (commandline -opc)[2..] (commandline -ct) 2>/dev/null)'
`,
}

const examples = `
Examples:
  poolproof completion bash > ~/.local/share/bash-completion/completions/poolproof
  poolproof completion zsh > "\${fpath[1]}/_poolproof"
  poolproof completion fish > ~/.config/fish/completions/poolproof.fish
`

/** Prints the script of a shell. */
export function completionCommand(): Command {
  return new Command('completion')
    .description('prints a script with which your shell completes commands, options and ids')
    .argument('<shell>', Object.keys(scripts).join(', '))
    .addHelpText('after', examples)
    .action((shell: string) => {
      const script = scripts[shell]
      if (script === undefined) {
        const known = Object.keys(scripts).join(', ')
        throw new UsageError(
          `There is no completion for the shell ${shell}. There is for ${known}.`,
        )
      }
      streams.stdout(script)
    })
}

/** What the scripts call; not shown in the help. */
export function completeCommand(): Command {
  return new Command('__complete')
    .argument(
      '[words...]',
      'what was typed after the name of the program, and the word to complete',
    )
    .action(async (words: readonly string[], _flags: unknown, command: Command) => {
      const { suites, setUpSuites } = await import('../../suites/index.ts')
      const { idsOf } = await import('../check/select.ts')
      const found = candidates(command.parent ?? command, words, idsOf([...suites, ...setUpSuites]))
      streams.stdout(found.map((one) => `${one}\n`).join(''))
    })
}

/**
 * What the last of some words can be.
 *
 * @param words - As typed after the name of the program; the last may be empty.
 * @param ids - Of all requirements.
 */
export function candidates(
  root: Command,
  words: readonly string[],
  ids: readonly string[],
): string[] {
  const before = words.slice(0, -1)
  const word = words.at(-1) ?? ''
  const command = root.commands.find((one) => before.includes(one.name()))
  const all = command ? forCommand(command, before.at(-1) ?? '', word, ids) : forRoot(root, word)
  return all.filter((one) => one.startsWith(word))
}

function forRoot(root: Command, word: string): string[] {
  if (word.startsWith('-')) return flagsOf(root)
  return root.commands.map((one) => one.name()).filter((name) => !name.startsWith('_'))
}

function forCommand(
  command: Command,
  last: string,
  word: string,
  ids: readonly string[],
): string[] {
  const option = command.options.find(({ short, long }) => last === short || last === long)
  if (option && !option.isBoolean()) return valuesOf(option, ids)
  return word.startsWith('-') ? flagsOf(command) : []
}

function flagsOf(command: Command): string[] {
  return [...command.options.flatMap(({ long }) => long ?? []), '--help']
}

/** An empty list leaves it to the shell, which offers files. */
function valuesOf(option: Option, ids: readonly string[]): string[] {
  const operations = new Set(ids.map((id) => id.split('/').slice(0, 2).join('/')))
  const known: Readonly<Record<string, readonly string[]>> = {
    '--only': [...operations, ...ids],
    '--skip': [...operations, ...ids],
    '--level': ['must', 'implied', 'reading'],
    '--reporter': ['default', ...formatNames],
  }
  return [...(known[option.long ?? ''] ?? option.argChoices ?? [])]
}
