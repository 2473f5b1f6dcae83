/** The target file of a target, as the person who started the run named it. */

import type { Report } from './report.ts'

/** Nothing for the built-in reference, and for standard input. */
export function fileOf({ targets }: Report, name: string): string | undefined {
  const file = targets.find((one) => one.name === name)?.file
  return file === '-' ? undefined : file
}
