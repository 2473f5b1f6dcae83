/** Readings that several checks share: what may lawfully happen to servers that a call names. */

export const removedIgnoredOrRefused = {
  removed: 'The server is removed.',
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

export const removedIgnoredOrRefusedOrBoth = {
  ...removedIgnoredOrRefused,
  'it-depends': 'Some calls are refused or remove nothing, others remove the server.',
}

export const acceptedOrRefused = {
  accepted: 'The call is accepted.',
  refused: 'The call is refused, and nothing changes.',
}

/** For a call that names one server twice. */
export const onceOrRefused = {
  accepted: 'The call is accepted, and all that it names are removed.',
  ignored: 'The call is accepted and removes nothing.',
  refused: 'The call is refused, and nothing changes.',
}
