/** Numbers as pages print them, and what may follow a range without changing it. */

/** One number, as a group: `-1`, `0.5`, `65,535`. */
export const NUMBER = '(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d|\\.\\d)|-?\\d+(?:\\.\\d+)?)'

/** Two numbers and what stands between them. */
export const SPAN = `${NUMBER}(?: to | and | ?[-–~] ?)${NUMBER}`

const UNIT =
  '(?:milliseconds?|ms|seconds?|s|minutes?|min|hours?|days?|weeks?|months?|years?|[kmgt]i?b|bytes?|bits?|[kmg]?bits?/s|mbps|percent|%)'
const TAIL = new RegExp(
  `^(?: ?${UNIT}|,? inclusive|,? (?:in|unit:?) (?:the unit of )?${UNIT}| \\((?:unit: ?|in )?(?:${UNIT}|inclusive)\\)|[,;]? (?:and )?(?:the |its )?default(?: value)?(?: is|:) .{1,60})(?=[\\s,;.)]|$)`,
  'i',
)
const PLAIN_UNIT = new RegExp(`^${UNIT}$`, 'i')

/** `1,000` is a thousand. */
export function numberOf(written: string | undefined): number {
  return Number((written ?? '').replaceAll(',', ''))
}

/** Nothing, a unit, or a default: after anything else the range may not be all that holds. */
export function endsRange(rest: string): boolean {
  let left = rest
  for (let round = 0; round < 4; round += 1) left = left.replace(TAIL, '')
  return /^[\s.;:)]*$/.test(left)
}

/** Whether a noun measures rather than counts: `seconds`, `times`. */
export function isMeasure(noun: string): boolean {
  return PLAIN_UNIT.test(noun) || /^(?:times?|characters|letters|digits|requests?)$/i.test(noun)
}
