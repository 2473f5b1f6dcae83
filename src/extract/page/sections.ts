/** What a heading announces. Vendors name the same section in several ways. */

export type SectionKind =
  | 'function'
  | 'uri'
  | 'constraints'
  | 'request'
  | 'response'
  | 'example'
  | 'status'
  | 'errors'
  | 'authorization'
  | 'debugging'
  | 'history'
  | 'other'

/** What a section on one side of a call can be called behind `request` or `response`. */
const PARTS =
  '(?: (?:messages?|parameters?|body|bodies|headers?|syntax|formats?|elements?|structures?|data|descriptions?|information|fields?|content|attributes|arguments|path|query|uri))*'

/** In order: the first that matches wins. */
const KINDS: readonly (readonly [SectionKind, RegExp])[] = [
  [
    'function',
    /^(?:(?:api )?functions?|(?:api )?introduction|function introduction|(?:operation |api |function )?description|overview)$/i,
  ],
  [
    'uri',
    /^(?:(?:request |api |http )?(?:uri|url)s?(?: (?:formats?|parameters?|descriptions?|path|structure|and method))?|(?:api|http|http request|call) (?:formats?|method)|http request|(?:path|uri|url) parameters?(?: descriptions?)?)$/i,
  ],
  [
    'constraints',
    /^(?:constraints?|restrictions?|notes?|usage notes?|limits?|limitations?|constraints and limitations)$/i,
  ],
  [
    'example',
    /^(?:examples?|samples?|(?:example|sample) (?:success |normal |error |failure )?(?:requests?|responses?|messages?|values?|codes?)|(?:requests?|responses?|calling|usage) (?:examples?|samples?)(?:\s*\d+)?|examples? of (?:the )?(?:requests?|responses?))$/i,
  ],
  [
    'errors',
    /^(?:errors?|(?:common |service )?error (?:codes?|responses?|messages?|information)(?: descriptions?)?|abnormal (?:response|return)(?: \w+)?)$/i,
  ],
  [
    'status',
    /^(?:(?:http )?(?:status|return|returned|response)(?: status)? codes?(?: descriptions?)?|(?:normal |abnormal )?return(?:ed)? values?|normal (?:response|status|return) (?:codes?|values?))$/i,
  ],
  [
    'request',
    new RegExp(
      `^(?:(?:(?:api |http |public |common |request )?requests?${PARTS}|(?:input|query|body|request body|request header|header)${PARTS.replace('*', '+')}|parameters?(?: descriptions?)?|request and parameters)(?: tables?)?)$`,
      'i',
    ),
  ],
  [
    'response',
    new RegExp(
      `^(?:(?:api |http |normal |successful )?responses?${PARTS}|(?:return(?:ed)?|output|result)${PARTS.replace('*', '+')}|returns?|output)$`,
      'i',
    ),
  ],
  ['authorization', /^(?:authorization information|authorization|ram|permissions?)$/i],
  ['debugging', /^(?:debug(?:ging)?|online debugging|try it)$/i],
  ['history', /^(?:change|release) history$/i],
]

/** The kind of section a heading opens; `other` when no vendor we know names one so. */
export function sectionKind(heading: string): SectionKind {
  const name = heading
    .trim()
    .replace(/^\d+(?:\.\d+)*\.?\s+/, '')
    .replace(/(?<!\s)\s*[:.：]$/, '')
  return KINDS.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other'
}

/** Whether a heading or a caption announces HTTP headers. */
export function namesHeaders(text: string): boolean {
  return /\bheaders?\b/i.test(text) && !/\b(?:body|bodies)\b/i.test(text)
}
