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
  onTestCaseResult(test: TestCase): void {
    // The task exists, and Allure's reporter relies on it too, but vitest's types do not show it.
    this.handleTask((test as unknown as { task: RunnerTask }).task)
  }

  override onTestRunEnd(): void {
    // All results have been written already.
  }
}
