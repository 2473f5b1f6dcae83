import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/** Prints the last line, from which a pipeline reads the result: `N passed, N failed`. */
const closingLine: Reporter = {
  onTestRunEnd(modules: readonly TestModule[], errors) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const count = (state: string) => states.filter((one) => one === state).length
    console.log(
      `\n${count('passed')} passed, ${count('failed') + broken} failed, ${count('skipped')} skipped`,
    )
  },
}

export default defineConfig({
  test: {
    reporters: ['default', closingLine],
    isolate: false,
    // Vitest leaves one processor free, which is half of a small machine. Many tests wait for a program that they have
    // started, so there is one more than processors.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,suites}/**/*.test.ts'],
          exclude: ['src/prove/prove.test.ts'],
          // Some tests start the program, which takes long on a busy machine.
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'mutants',
          // After the others, because it uses every processor by itself.
          sequence: { groupOrder: 1 },
          include: ['src/prove/prove.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 1_800_000,
        },
      },
      {
        extends: true,
        test: { name: 'bench', include: ['bench/*.bench.ts'], testTimeout: 600_000 },
      },
    ],
  },
})
