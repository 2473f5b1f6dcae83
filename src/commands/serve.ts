/** `poolproof serve`: serves the reference until it is stopped, on loopback unless stated otherwise. */

import { Command, InvalidArgumentError, Option } from 'commander'
import { duration, gathered, portNumber } from './flags.ts'
import type { ServeFlags } from '../reference/serve.ts'
import { handleSignals } from './interruption.ts'
import { streams } from './streams.ts'

const examples = `
Examples:
  poolproof serve --dialect elb --asynchronous 200ms > my-target.json
  poolproof serve --dialect elb --traffic > my-target.json
  poolproof serve --dialect elb --mutant cascades-to-members > broken.json
`

export function serveCommand(): Command {
  const dialect = new Option('-d, --dialect <name>', 'which API to serve').choices(['elb', 'slb'])
  return new Command('serve')
    .description('serves the reference on loopback, and prints a target file for it')
    .addOption(dialect.makeOptionMandatory())
    .addOption(
      new Option('-p, --port <number>', 'the port')
        .argParser(portNumber)
        .default(0, 'any free port'),
    )
    .option(
      '--host <address>',
      'listen at this address of the machine; other machines can then write to the server',
      '127.0.0.1',
    )
    .option(
      '-a, --asynchronous <time>',
      'writes take effect after this time: 200ms, 2s',
      duration,
      0,
    )
    .addOption(
      new Option('--mutant <id>', 'with this fault planted in the server; repeatable')
        .argParser(gathered)
        .default([], 'none'),
    )
    .addOption(
      new Option('--variant <id>', 'with this lawful difference in the server').argParser(once),
    )
    .option(
      '--traffic',
      'also carries connections to backend servers on loopback; the target file says how to reach them',
    )
    .addHelpText('after', examples)
    .action(serve)
}

/** @throws {InvalidArgumentError} When it was given before. */
function once(value: string, before?: string): string {
  if (before === undefined) return value
  throw new InvalidArgumentError(`It was given before, as ${before}; a server has one variant.`)
}

async function serve(flags: ServeFlags): Promise<void> {
  // Loaded here because no other command needs the mutants.
  const { serveReference } = await import('../reference/serve.ts')
  const close = await serveReference(flags, streams)
  const stop = () => void close()
  handleSignals(stop)
}
