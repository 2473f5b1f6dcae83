/**
 * A lint rule: no regular expression may take more than linear time, whatever text it is held against.
 *
 * Exempt in `.oxlintrc.json` are tests, and `src/extract`, which reads pages that a person has chosen and no target.
 */

import { analyse } from 'scslre'

const rule = {
  create(context) {
    const check = (node, source, flags) => {
      for (const { type, character, exponential } of reportsOf(source, flags)) {
        const growth = exponential ? 'exponential' : 'polynomial'
        const cause =
          type === 'Move' ? 'it starts again at each of them' : 'it tries them in many ways'
        const message = `Takes ${growth} time for a text of many ${JSON.stringify(character.pick)}: ${cause}.`
        context.report({ node, message })
      }
    }
    return {
      Literal(node) {
        if (node.regex) check(node, node.regex.pattern, node.regex.flags)
      },
      NewExpression(node) {
        const [source, flags] = node.arguments
        const isConstant = node.callee.name === 'RegExp' && typeof source?.value === 'string'
        if (isConstant)
          check(node, source.value, typeof flags?.value === 'string' ? flags.value : '')
      },
    }
  },
}

function reportsOf(source, flags) {
  try {
    return analyse({ source, flags }).reports
  } catch {
    return [] // Not valid for this parser: the compiler and the tests judge it.
  }
}

export default { meta: { name: 'linear' }, rules: { expressions: rule } }
