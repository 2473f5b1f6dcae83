/** Readings that several checks share: what may lawfully become of servers that a call names. */

export const removedIgnoredOrRefused = {
  removed: 'It is removed.',
  ignored: 'The call is accepted and removes nothing.',
  refused: 'The call is refused.',
}

export const ignoredOrRefused = {
  ignored: 'The call is accepted and removes nothing.',
  refused: 'The call is refused.',
}

export const ignoredOrRefusedOrBoth = {
  ...ignoredOrRefused,
  'it-depends': 'Some calls are refused, others are accepted and remove nothing.',
}

export const acceptedOrRefused = {
  accepted: 'The call is accepted.',
  refused: 'The call is refused, and nothing changes.',
}

/** For one server named twice in a call. */
export const onceOrRefused = {
  accepted: 'It is removed, once.',
  refused: 'The call is refused, and nothing changes.',
}
