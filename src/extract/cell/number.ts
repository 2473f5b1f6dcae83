/** Numbers as pages print them, and what may follow a range without changing it. */

/** One number, as a group: `-1`, `0.5`, `65,535`. */
export const NUMBER = '(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?(?!\\d|\\.\\d)|-?\\d+(?:\\.\\d+)?)'

const TO = '(?: to | ?(?:[-–—~]|\\.\\.\\.?) ?)'

/** Two numbers and what stands between them. `0 and 1` are two values. */
export const SPAN = `${NUMBER}${TO}${NUMBER}`

/** As it stands behind `between`. */
export const BETWEEN = `${NUMBER}(?: and |${TO})${NUMBER}`

const UNIT =
  '(?:milliseconds?|ms|seconds?|s|minutes?|min|hours?|days?|weeks?|months?|years?|[kmgt]i?b|bytes?|bits?|[kmg]?bits?/s|mbps|percent|%)'
const UNIT_WORDS = ` ?${UNIT}|,? inclusive|,? (?:in|unit:?) (?:the unit of )?${UNIT}| \\((?:in |unit: ?)?(?:the unit of )?(?:${UNIT}|inclusive|included)\\)`
const DEFAULT = '[,;]? (?:and )?(?:the |its )?default(?: value)?(?: is|:) .{1,60}'
const UNIT_TAIL = new RegExp(`^(?:${UNIT_WORDS})(?=[\\s,;.)]|$)`, 'i')
const TAIL = new RegExp(`^(?:${UNIT_WORDS}|${DEFAULT})(?=[\\s,;.)]|$)`, 'i')
const PLAIN_UNIT = new RegExp(`^${UNIT}$`, 'i')

/** `1,000` is a thousand. */
export function numberOf(written: string | undefined): number {
  return Number((written ?? '').replaceAll(',', ''))
}

/** How much of the text behind a number or a range only says its unit. */
export function tailLength(rest: string): number {
  let left = rest
  for (let round = 0; round < 4; round += 1) left = left.replace(UNIT_TAIL, '')
  return rest.length - left.length
}

/** The unit that stands directly behind a number, if one does: `minutes`, `Mbit/s`. */
export function unitBehind(rest: string): string | undefined {
  const tail = rest.slice(0, tailLength(rest))
  return new RegExp(`(?<![\\w/])${UNIT}(?![\\w/])`, 'i').exec(tail)?.[0]
}

/** Nothing, a unit, or a default: after anything else the range may not be all that holds. */
export function endsRange(rest: string): boolean {
  let left = rest
  for (let round = 0; round < 4; round += 1) left = left.replace(TAIL, '')
  return /^[\s.;:)]*$/.test(left)
}

/** Whether a noun measures rather than counts: `seconds`, `times`. */
export function isMeasure(noun: string): boolean {
  return (
    PLAIN_UNIT.test(noun) ||
    /^(?:times?|char(?:acter)?s?|letters|digits?|requests?|unicode|utf-?\d*|ascii|english|chinese|latin|valid|visible|printable|alphanumeric|decimal|levels?|retries|attempts|hops|pixels|quarters?|bits?)$/i.test(
      noun,
    )
  )
}
