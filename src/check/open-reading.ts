/** Readings of what a page leaves open: the lawful ones that we know, and whatever else a target does. */

/** A reading by its name, with what was seen of it. */
export interface SeenReading {
  readonly reading: string
  /** One sentence: what the target did. */
  readonly seen: string
}

/** The name of the reading of targets that do none of what we know. */
const other = 'other'

/** These readings, and one for everything else that the page does not exclude. */
export function open<Readings extends Readonly<Record<string, string>>>(
  readings: Readings,
): Readings & { readonly other: string } {
  return { ...readings, [other]: 'Something else, which the page does not exclude.' }
}

/**
 * The reading that the target follows, where the page is open and no list of readings is complete.
 *
 * What no reading allows has to be asserted before: a 5xx, an effect after a refusal, the loss of what was not named.
 *
 * @param known - Each known reading, and whether the target follows it. The first that holds counts.
 * @param seen - What the target did, for the report, when it is none of them.
 */
export function openReadingOf<Name extends string>(
  known: Readonly<Record<Name, boolean>>,
  seen: string,
): Name | SeenReading {
  const found = (Object.keys(known) as Name[]).find((name) => known[name])
  return found ?? { reading: other, seen }
}
