/**
 * A lint rule: no regular expression may take more than linear time, whatever text it is held against.
 *
 * It reads literals, and every way to make an expression from constants of the same file: `new RegExp`, `RegExp`,
 * templates, `String.raw`, sums of texts, and texts given to `match`, `matchAll` and `search`. What a module makes of the constants of
 * another one when it is loaded is judged by `src/linear-expressions.test.ts`. Exempt are tests.
 */

import { analyse } from 'scslre'

const searching = ['match', 'matchAll', 'search']

const rule = {
  create(context) {
    const check = (node, source, flags) => {
      for (const message of complaintsOf(source, flags)) context.report({ node, message })
    }
    const checkCall = (node) => {
      const made = expressionOf(node)
      if (made === undefined) return
      const scope = context.sourceCode.getScope(node)
      const source = textOf(made.source, scope)
      if (source !== undefined) check(node, source, textOf(made.flags, scope) ?? '')
      else if (isInFunction(node)) context.report({ node, message: unknown })
    }
    return {
      Literal(node) {
        if (node.regex) check(node, node.regex.pattern, node.regex.flags)
      },
      NewExpression: checkCall,
      CallExpression: checkCall,
    }
  },
}

const unknown =
  'How long this takes depends on parts that are not constants. Escape them, and say so where you disable this rule.'

/** What the rule says of an expression: nothing if it takes linear time. */
export function complaintsOf(source, flags) {
  return reportsOf(source, flags).map(({ type, character, exponential }) => {
    const growth = exponential ? 'exponential' : 'polynomial'
    const cause = type === 'Move' ? 'it starts again at each of them' : 'it tries them in many ways'
    return `Takes ${growth} time for a text of many ${JSON.stringify(character.pick)}: ${cause}.`
  })
}

function reportsOf(source, flags) {
  try {
    return analyse({ source, flags }).reports
  } catch {
    return [] // Not valid for this parser: the compiler and the tests judge it.
  }
}

/** The arguments of a call that makes an expression. One that is given an expression is judged where that is written. */
function expressionOf({ type, callee, arguments: [source, flags] }) {
  if (source === undefined || source.regex) return undefined
  const name = callee.type === 'MemberExpression' ? callee.property.name : callee.name
  if (name === 'RegExp') return { source, flags }
  const isSearch = type === 'CallExpression' && callee.type === 'MemberExpression'
  return isSearch && searching.includes(name) && isWrittenText(source) ? { source } : undefined
}

/** Not a name: that may be the name of an expression, or of anything that another kind of object searches for. */
function isWrittenText({ type, value }) {
  return typeof value === 'string' || /^(?:TemplateLiteral|TaggedTemplate|Binary)/.test(type)
}

/** The text that a part of the code stands for, if it consists of constants of this file. */
function textOf(node, scope) {
  switch (node?.type) {
    case 'Literal':
      return node.regex ? undefined : String(node.value)
    case 'TemplateLiteral':
      return joined(node, 'cooked', scope)
    case 'TaggedTemplateExpression':
      return isRaw(node.tag) ? joined(node.quasi, 'raw', scope) : undefined
    case 'BinaryExpression':
      return node.operator === '+' ? sum([node.left, node.right], scope) : undefined
    case 'MemberExpression':
      return node.property.name === 'source' ? node.object.regex?.pattern : undefined
    case 'Identifier':
      return textOf(constantOf(node.name, scope), scope)
    default:
      return undefined
  }
}

function joined({ quasis, expressions }, form, scope) {
  const texts = expressions.map((one) => textOf(one, scope))
  if (texts.includes(undefined)) return undefined
  return quasis.map(({ value }, index) => value[form] + (texts[index] ?? '')).join('')
}

function sum(parts, scope) {
  const texts = parts.map((part) => textOf(part, scope))
  return texts.includes(undefined) ? undefined : texts.join('')
}

function isRaw(tag) {
  return tag.object?.name === 'String' && tag.property.name === 'raw'
}

/** What the constant of this name was given. */
function constantOf(name, scope) {
  for (let place = scope; place; place = place.upper) {
    const [definition] = place.set.get(name)?.defs ?? []
    if (definition === undefined) continue
    const isConstant = definition.parent?.kind === 'const' && definition.node.id.name === name
    return isConstant ? definition.node.init : undefined
  }
  return undefined
}

function isInFunction(node) {
  for (let place = node.parent; place; place = place.parent) {
    if (/Function/.test(place.type)) return true
  }
  return false
}

export default { meta: { name: 'linear' }, rules: { expressions: rule } }
