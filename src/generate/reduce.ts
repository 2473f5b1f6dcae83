/** A failing case to the smallest that still fails. */

type Fields = Readonly<Record<string, unknown>>

/**
 * Leaves fields out, one at a time, for as long as what is left still fails.
 *
 * @param kept - Names of fields that the case is about.
 * @param fails - Tries a smaller one; each try may be an exchange, so there is one for each field.
 */
export async function smallest(
  fields: Fields,
  kept: readonly string[],
  fails: (smaller: Fields) => Promise<boolean>,
): Promise<Fields> {
  let least = fields
  for (const name of Object.keys(fields).filter((one) => !kept.includes(one))) {
    const { [name]: _, ...smaller } = least
    if (await fails(smaller)) least = smaller
  }
  return least
}
