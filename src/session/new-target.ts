/** A new target file: what has to be known for one, and the file that follows from the answers. Pure. */

import type { Dialect } from '../model.ts'

/** By package address, so that a copy of the file keeps completion. */
export const targetSchema = 'https://unpkg.com/poolproof@0/schemas/target.schema.json'

/** How a target wants to know who asks. */
export type AuthKind = 'token' | 'password' | 'access-key'

/** What is known of a target, by the name of the flag that says it. */
export type Answers = Readonly<Record<string, string | undefined>>

/** One thing that has to be known. */
export interface Question {
  /** The flag that answers it. */
  readonly flag: string
  readonly text: string
  /** Taken where nothing is typed; without it an answer is needed, unless it may be left out. */
  readonly usual?: string
  readonly optional?: true
  /** Why this is not an answer; nothing when it may be one. Continues a sentence: `That is not …` */
  readonly unfit?: (answer: string) => string | undefined
}

const oneOf =
  (...choices: readonly string[]) =>
  (answer: string) =>
    choices.includes(answer) ? undefined : `one of ${choices.join(', ')}`

function unlessAddress(answer: string): string | undefined {
  const isOne = URL.canParse(answer) && /^https?:$/.test(new URL(answer).protocol)
  return isOne ? undefined : 'an address that begins with https:// or http://'
}

function unlessList(answer: string): string | undefined {
  return listed(answer).length > 0 ? undefined : 'a list with anything in it'
}

const everyTarget: readonly Question[] = [
  {
    flag: 'dialect',
    text: 'Which API is it: elb (Huawei, Open Telekom Cloud) or slb (Alibaba)?',
    unfit: oneOf('elb', 'slb'),
  },
  { flag: 'name', text: 'What should reports call it?', usual: 'staging' },
  {
    flag: 'endpoint',
    text: 'At which address is it, up to the documented path?',
    unfit: unlessAddress,
  },
]

const elb: readonly Question[] = [
  {
    flag: 'auth',
    text: 'Credentials: token, password or access-key?',
    usual: 'token',
    unfit: oneOf('token', 'password', 'access-key'),
  },
  { flag: 'subnet-id', text: 'The subnet in which load balancers may be created' },
  {
    flag: 'addresses',
    text: 'Two addresses of backend servers in it, with a comma between them; they need not exist',
    usual: '192.0.2.10,192.0.2.11',
    unfit: unlessList,
  },
]

const password: readonly Question[] = [
  {
    flag: 'iam',
    text: 'The address of the identity service, as https://iam.example.com/v3',
    unfit: unlessAddress,
  },
  { flag: 'user', text: 'The name of the user' },
  { flag: 'domain', text: 'The domain (account) of the user' },
  { flag: 'project', text: 'The name of the project' },
]

const slb: readonly Question[] = [
  { flag: 'region', text: 'The region', usual: 'cn-hangzhou' },
  {
    flag: 'server-ids',
    text: 'Ids of servers that may be put into groups, with commas; four for all checks',
    unfit: unlessList,
  },
  {
    flag: 'v-switch-id',
    text: 'The vSwitch in which load balancers may be created',
    optional: true,
  },
]

/** What has to be known, given what is known: the dialect first, since the rest depends on it. */
export function questionsOf({ dialect, auth = 'token' }: Answers): readonly Question[] {
  if (dialect === undefined) return everyTarget.slice(0, 1)
  if (dialect === 'slb') return [...everyTarget, ...slb]
  return [...everyTarget, ...elb, ...(auth === 'password' ? password : [])]
}

/** The variables that hold the secrets, which the operator sets. */
export function variablesOf({ dialect, auth }: Answers): readonly string[] {
  if (dialect === 'slb') return ['SLB_ACCESS_KEY_ID', 'SLB_ACCESS_KEY_SECRET']
  if (auth === 'password') return ['ELB_PASSWORD']
  return auth === 'access-key' ? ['ELB_ACCESS_KEY_ID', 'ELB_ACCESS_KEY_SECRET'] : ['ELB_TOKEN']
}

/** The contents of the file. It holds no secret: only the names of the variables that do. */
export function targetFrom(answers: Answers): object {
  const { name, dialect, endpoint, extends: family } = answers
  return {
    $schema: targetSchema,
    name,
    dialect,
    ...(family === undefined ? {} : { extends: family }),
    endpoint,
    auth: authOf(answers),
    given: givenOf(dialect as Dialect, answers),
    limits: { lanes: 2, requestsPerSecond: 10 },
  }
}

function authOf(answers: Answers): object {
  const [first = '', second = ''] = variablesOf(answers)
  const { dialect, auth, iam, user, domain, project } = answers
  if (dialect === 'elb' && auth === 'password') {
    return { iam, user, domain, password: { env: first }, project }
  }
  if (dialect === 'elb' && auth !== 'access-key') return { token: { env: first } }
  return { accessKeyId: { env: first }, accessKeySecret: { env: second } }
}

function givenOf(dialect: Dialect, answers: Answers): object {
  if (dialect === 'elb') {
    return { subnetId: answers['subnet-id'], addresses: listed(answers['addresses']) }
  }
  const vSwitchId = answers['v-switch-id']
  return {
    region: answers['region'],
    serverIds: listed(answers['server-ids']),
    ...(vSwitchId === undefined ? {} : { vSwitchId }),
  }
}

function listed(text = ''): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}
