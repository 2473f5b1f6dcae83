import { expect, test } from 'vitest'

interface Plugin {
  readonly rules: {
    readonly expressions: {
      create(context: { report(found: { message: string }): void }): {
        Literal(node: object): void
        NewExpression(node: object): void
      }
    }
  }
}

const { default: plugin } = (await import(
  String(new URL('../.ci/linear-expressions.js', import.meta.url))
)) as { default: Plugin }

/** What the rule says of an expression in the code. */
function complaintsOf(expression: RegExp): string[] {
  const messages: string[] = []
  const visitor = plugin.rules.expressions.create({
    report: ({ message }) => void messages.push(message),
  })
  const { source, flags } = expression
  visitor.Literal({ regex: { pattern: source, flags } })
  visitor.NewExpression({
    callee: { name: 'RegExp' },
    arguments: [{ value: source }, { value: flags }],
  })
  return messages
}

test.each([/\S+…/g, /(?:a+)+b/, /\s+$/, /^(a*)(.*?)(a*)$/])(
  'the linter refuses %s, as a literal and as a constant',
  (expression) => {
    const [one = '', ...others] = complaintsOf(expression)
    expect(one).toMatch(/^Takes (?:polynomial|exponential) time for a text of many "."/)
    expect(others.length).toBeGreaterThan(0)
  },
)

test.each([/(?<!\s)\s+$/, /[0-9A-Za-z]+/g, /^\s*</i])('the linter accepts %s', (expression) => {
  expect(complaintsOf(expression)).toEqual([])
})
