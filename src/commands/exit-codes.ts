/** The exit codes of the program. */

/** A fault of this program, not of the target. */
export const fault = 70

/** The usual number of shells: 128 plus the number of the signal. */
export const interruptedBySignal = 130

/** For the help of the program, and of `run`. */
export const exitCodes = `
Exit codes:
  0   nothing is broken
  1   the target broke a requirement, or a waiver is stale
  2   the command line, a file or a variable is wrong; nothing was asked
  3   nothing is broken, but some questions could not be put
  70  a fault of poolproof itself
  130 the run was interrupted
`
