/** Lawful differences in when a write is complete: no page says that it is complete when it is answered. */

/** A server whose writes take a while to settle. */
export interface TimeVariant {
  readonly id: string
  readonly allowedBy: string
  readonly settleMilliseconds: number
}

export const timeVariants: readonly TimeVariant[] = [2, 15, 40].map((settleMilliseconds) => ({
  id: `writes-settle-in-${settleMilliseconds}-ms`,
  allowedBy: 'No page says that a write is complete when it is answered.',
  settleMilliseconds,
}))
