#!/usr/bin/env node
/** The start of the program: it listens for signals before it loads anything else. */

import { listenForSignals } from './commands/interruption.ts'

listenForSignals()

// The reader of our output may have exited, as with `| head`. A run still has to remove what it created.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

const { runProgram } = await import('./commands/program.ts')
await runProgram(import.meta.url)
