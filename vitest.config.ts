import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/** The closing line that a pipeline looks for: `N passed, N failed`. */
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
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,suites}/**/*.test.ts'],
          exclude: ['src/prove/prove.test.ts'],
          // Some start the program; a busy machine takes its time over that.
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'mutants',
          // After the others: it keeps every processor busy by itself.
          sequence: { groupOrder: 1 },
          include: ['src/prove/prove.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 900_000,
        },
      },
      {
        extends: true,
        test: { name: 'bench', include: ['bench/*.bench.ts'], testTimeout: 600_000 },
      },
    ],
  },
})
