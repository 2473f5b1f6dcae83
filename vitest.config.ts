import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type Reporter, type TestModule, type TestSpecification } from 'vitest/node'

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

/** Take tens of seconds, most of them waiting; each begins before the others, so that none is alone at the end. */
const longest = [
  'src/cli.test.ts',
  'src/run/plan/plan.test.ts',
  'src/run/network-faults.test.ts',
  'src/sweep/hostile-slb-target.test.ts',
  'src/sweep/hostile-elb-target.test.ts',
  'src/commands/signals.test.ts',
  'src/prove/forgotten-looks.test.ts',
  'src/commands/exit-codes.test.ts',
  'src/sweep/sweep.test.ts',
  'src/credentials/canaries.test.ts',
  'src/prove/broken-checks.test.ts',
  'src/check/look-again.test.ts',
]

function place({ moduleId }: TestSpecification): number {
  return longest.findIndex((file) => moduleId.endsWith(file)) + 1 || longest.length + 1
}

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- the sorting of the base class, which returns a new list
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => place(one) - place(other))
  }
}

export default defineConfig({
  test: {
    reporters: ['default', closingLine],
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Vitest leaves one processor free, which is half of a small machine. Many tests wait for a program that they have
    // started, so there are two more than processors.
    maxWorkers: availableParallelism() + 2,
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
