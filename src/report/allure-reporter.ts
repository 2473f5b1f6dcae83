/** Allure's results, written while the run goes on. */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AllureReporter from 'allure-vitest/reporter'
import type { RunnerTask } from 'vitest'
import type { TestCase, Vitest } from 'vitest/node'

/** The parts of Allure's reporter that its types do not show. */
interface Inside {
  readonly allureReporterRuntime: {
    readonly writer: { writeResult(result: { readonly uuid: string }): void }
  }
}

/**
 * Writes the result of each test when it ends.
 *
 * Allure's own reporter writes all results at the end and waits for the disk after every file. For a few hundred
 * tests that takes a tenth of the run, and on a busy disk half of it. Here the writing happens while other tests
 * wait for answers, and no file is waited for.
 */
export class PromptAllureReporter extends AllureReporter {
  readonly #onFailure: (error: Error) => void
  readonly #directory: string
  #failed = false

  /** @param onFailure - Called once when results cannot be written: the disk is full. The run goes on. */
  constructor(
    options: ConstructorParameters<typeof AllureReporter>[0],
    onFailure: (error: Error) => void,
  ) {
    super(options)
    this.#directory = options.resultsDir ?? 'allure-results'
    this.#onFailure = onFailure
  }

  override onInit(vitest: Vitest): void {
    super.onInit(vitest)
    const { writer } = (this as unknown as Inside).allureReporterRuntime
    writer.writeResult = (result) => {
      mkdirSync(this.#directory, { recursive: true })
      const path = join(this.#directory, `${result.uuid}-result.json`)
      writeFileSync(`${path}.part`, JSON.stringify(result))
      renameSync(`${path}.part`, path)
    }
  }

  onTestCaseResult(test: TestCase): void {
    if (this.#failed) return
    try {
      // The task exists, and Allure's reporter relies on it too, but vitest's types do not show it.
      this.handleTask((test as unknown as { task: RunnerTask }).task)
    } catch (error) {
      this.#failed = true
      this.#onFailure(error as Error)
    }
  }

  override onTestRunEnd(): void {
    // All results have been written already.
  }
}
