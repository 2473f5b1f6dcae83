/** What vitest tells of a run while it goes on. */

import type { Reporter, TestCase, TestSuite } from 'vitest/node'
import type { Outcome } from '../check/check.ts'
import type { Found } from '../report/report.ts'
import { keyOf } from './conclude.ts'
import type { CheckMeta, TargetMeta } from './vitest-worker.ts'
import type { WalkOfTarget } from './walk-findings.ts'
import type { WalkMeta } from './walk-tests.ts'

/** Receives events while a run goes on. */
export interface Progress {
  /** A check has ended. */
  ended(id: string, done: number, of: number, outcome?: Outcome): void
  /** Something could not be done that changes no verdict. */
  warned(sentence: string): void
}

/** Collects outcomes while vitest runs. */
export class Watcher implements Reporter {
  readonly outcomes = new Map<string, Outcome>()
  readonly #walked = new Map<string, WalkOfTarget>()
  readonly faults: string[] = []
  /** By the name of the target. */
  readonly found = new Map<string, Found>()
  /** Targets whose final clean-up has ended. */
  readonly cleanedUp = new Set<string>()
  readonly #leftovers = new Map<string, readonly string[]>()
  readonly #progress: Progress
  readonly #expected: number

  constructor(progress: Progress, expected: number) {
    this.#progress = progress
    this.#expected = expected
  }

  onTestCaseResult(test: TestCase): void {
    const { target = '', outcome, walked } = test.meta() as Partial<CheckMeta & WalkMeta>
    if (walked) {
      const key = keyOf(target, test.name)
      // Vitest tells the result of a test that skipped itself several times.
      if (!this.#walked.has(key)) this.#leave(target, walked.leftovers)
      this.#walked.set(key, { ...walked, target })
      return
    }
    if (!outcome) {
      const { state, errors = [] } = test.result()
      if (state === 'failed') this.faults.push(`${test.name}: ${textOf(errors)}`)
      return
    }
    this.outcomes.set(keyOf(target, test.name), outcome)
    this.#leave(target, outcome.leftovers)
    this.#progress.ended(test.name, this.outcomes.size, this.#expected, outcome)
  }

  onTestSuiteResult(suite: TestSuite): void {
    const { leftovers, found, swept = false } = suite.meta() as TargetMeta
    if (found) this.found.set(suite.name, found)
    if (swept) this.#leftovers.delete(suite.name)
    this.#leave(suite.name, leftovers)
    if (leftovers) this.cleanedUp.add(suite.name)
    this.faults.push(...suite.errors().map((error) => textOf([error])))
  }

  onTestRunEnd(
    modules: readonly { errors(): readonly { message: string; stack?: string }[] }[],
    unhandled: readonly { message: string; stack?: string }[],
  ): void {
    const errors = [...modules.flatMap((module) => [...module.errors()]), ...unhandled]
    this.faults.push(...errors.map((error) => textOf([error])))
  }

  get walked(): readonly WalkOfTarget[] {
    return [...this.#walked.values()]
  }

  get leftovers(): readonly string[] {
    return [...this.#leftovers.values()].flat()
  }

  #leave(target: string, left: readonly string[] = []): void {
    this.#leftovers.set(target, [...(this.#leftovers.get(target) ?? []), ...left])
  }
}

export function textOf(errors: readonly { message: string; stack?: string }[]): string {
  return errors.map(({ message, stack }) => stack ?? message).join('\n')
}
