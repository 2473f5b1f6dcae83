/** The exit codes of the program. */

/** An internal error of this program, not a failure of the target. */
export const fault = 70

/** For the help of the program and of `run`. The README has the same table. */
export const exitCodes = `
Exit codes:
  0   no requirement is broken
  1   the target broke a requirement, or a waiver is stale
  2   something has to be corrected: the command line, a file, a variable, or a target file that does
      not fit its target; nothing was asked
  3   no requirement is broken, but some could not be decided, or something was left on the target, or
      a sweep could not ask it and journals name objects
  70  an internal error of Poolproof; all other results are in the report
  129 the run was ended by SIGHUP: the terminal was closed
  130 the run was ended by Ctrl-C (SIGINT)
  131 the run was ended by Ctrl-\\ (SIGQUIT)
  140 the run was ended by SIGUSR2
  142 the run was ended by SIGALRM
  143 the run was ended by SIGTERM
  152 the run was ended by SIGXCPU: its time on the processor was used up
  154 the run was ended by SIGVTALRM
`
