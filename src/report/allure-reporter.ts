/** Allure's results, written while the run goes on. */

import AllureReporter from 'allure-vitest/reporter'
import type { RunnerTask } from 'vitest'
import type { TestCase } from 'vitest/node'

/**
 * Writes the result of each test when it ends.
 *
 * Allure's own reporter writes all at the end, and flushes every file to the disk: for a few hundred
 * tests a tenth of the run, in which nothing else happens. While tests run, there is time to spare.
 */
export class PromptAllureReporter extends AllureReporter {
  onTestCaseResult(test: TestCase): void {
    // The task is there, as Allure's reporter relies on too, but vitest keeps it out of its types.
    this.handleTask((test as unknown as { task: RunnerTask }).task)
  }

  override onTestRunEnd(): void {
    // Everything has been written.
  }
}
