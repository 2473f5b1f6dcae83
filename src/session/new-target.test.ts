import { describe, expect, test } from 'vitest'
import { problems } from '../documents/schema.ts'
import { questionsOf, targetFrom, variablesOf, type Answers } from './new-target.ts'

const elb = {
  dialect: 'elb',
  name: 'staging',
  endpoint: 'https://elb.example.com',
  'subnet-id': 's-1',
  addresses: '192.0.2.10, 192.0.2.11',
}
const password = { iam: 'https://iam.example.com/v3', user: 'ci', domain: 'd', project: 'p' }
const slb = {
  dialect: 'slb',
  name: 'shanghai',
  endpoint: 'https://slb.example.com',
  region: 'cn-shanghai',
  'server-ids': 'i-1,i-2',
}

describe.each([
  ['a token', { ...elb, auth: 'token' }, ['ELB_TOKEN']],
  ['a password', { ...elb, auth: 'password', ...password }, ['ELB_PASSWORD']],
  ['an access key', { ...elb, auth: 'access-key' }, ['ELB_ACCESS_KEY_ID', 'ELB_ACCESS_KEY_SECRET']],
  ['a family', { ...elb, auth: 'token', extends: 'octavia' }, ['ELB_TOKEN']],
  ['slb', slb, ['SLB_ACCESS_KEY_ID', 'SLB_ACCESS_KEY_SECRET']],
  [
    'slb with a vSwitch',
    { ...slb, 'v-switch-id': 'vsw-1' },
    ['SLB_ACCESS_KEY_ID', 'SLB_ACCESS_KEY_SECRET'],
  ],
] as readonly (readonly [string, Answers, readonly string[]])[])(
  'with %s',
  (_what, answers, variables) => {
    test('the file fits its schema, and names variables instead of secrets', () => {
      const document = targetFrom(answers)
      expect(problems('target.schema.json', document)).toEqual([])
      expect(variablesOf(answers)).toEqual(variables)
      for (const name of variables) expect(JSON.stringify(document)).toContain(`{"env":"${name}"}`)
    })

    test('every question is about something that the file says', () => {
      const open = questionsOf(answers).filter(({ flag, usual, optional }) => {
        return answers[flag] === undefined && usual === undefined && !optional
      })
      expect(open).toEqual([])
    })
  },
)

test('the dialect is asked first, and a password has questions of its own', () => {
  expect(questionsOf({}).map(({ flag }) => flag)).toEqual(['dialect'])
  const flags = questionsOf({ dialect: 'elb', auth: 'password' }).map(({ flag }) => flag)
  expect(flags).toEqual(expect.arrayContaining(['iam', 'user', 'domain', 'project']))
  expect(questionsOf({ dialect: 'slb' }).map(({ flag }) => flag)).toContain('region')
})
