/** Whether a word that is said to be a default is a value, or prose: `Defaults to everything.` */
import { isInOneCase, noteCases } from './cases.ts'
import { state, type Facts } from './facts.ts'

/** Words that describe what happens, and are values of hardly any field. */
const PROSE =
  /^(?:empty|blank|none|nothing|unlimited|everything|all|any|not|no|yes|current|currently|same|random(?:ly)?|automatic(?:ally)?|generated|determined|based|set|specified|configured|unspecified|left|used|enabled|disabled|that|this|those|these|as|your|its|their|what|when|if|in|on|of|for|to|system|unchanged|inherited|optional|required|available|valid|invalid|supported|allowed|located|created|returned|calculated|different|displayed|sorted|ascending|descending|the|an?)$/i

/** @returns The facts, with those guesses as defaults that the rest of the cell makes likely. */
export function decideGuesses(facts: Facts): Facts {
  for (const { value, sentence, strong, ofCase } of facts.guesses.splice(0)) {
    if (isLikely(value, strong, facts)) {
      if (facts.default === undefined && isInOneCase(sentence))
        facts.oneCase.set('default', sentence)
      const before = { ...facts }
      facts.default = state(facts.default, value)
      if (ofCase === true || isInOneCase(sentence)) noteCases(before, facts)
    } else {
      facts.unread.push({ text: sentence, signals: ['default'] })
      facts.counts.understood = Math.max(0, facts.counts.understood - 1)
      facts.counts.unread += 1
    }
  }
  return facts
}

/** One of the values that the cell lists, or what the sample shows, or a word that is hardly prose. */
function isLikely(value: string, strong: boolean, { values, about }: Facts): boolean {
  if (values !== undefined) return values.value.includes(value)
  if (about.sample === value) return true
  const text = about.type === undefined || about.type.type === 'string'
  return strong && text && !PROSE.test(value) && /^[\w./*:-]+$/.test(value)
}
