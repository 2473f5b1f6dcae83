/** Allure's results, written while the run goes on. */

import AllureReporter from 'allure-vitest/reporter'
import type { RunnerTask } from 'vitest'
import type { TestCase } from 'vitest/node'

/**
 * Writes the result of each test when it ends.
 *
 * Allure's own reporter writes all results at the end and flushes every file to the disk. For a few hundred
 * tests that takes a tenth of the run. Here the writing happens while other tests wait for answers.
 */
export class PromptAllureReporter extends AllureReporter {
  readonly #onFailure: (error: Error) => void
  #failed = false

  /** @param onFailure - Called once when results cannot be written: the disk is full. The run goes on. */
  constructor(
    options: ConstructorParameters<typeof AllureReporter>[0],
    onFailure: (error: Error) => void,
  ) {
    super(options)
    this.#onFailure = onFailure
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
