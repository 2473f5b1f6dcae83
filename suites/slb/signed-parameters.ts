/** What every call has to carry, where the pages under test only say that there are common parameters. */

/** Those that come with the signature, and stand under it. */
export const signed: readonly string[] = [
  'AccessKeyId',
  'SignatureMethod',
  'SignatureVersion',
  'SignatureNonce',
  'Timestamp',
]
