import { Command, Option } from 'commander'
import { expect, test } from 'vitest'
import { candidates } from './completion.ts'
import { onlyOption } from './flags.ts'

const root = new Command('poolproof')
  .addCommand(
    new Command('run')
      .addOption(onlyOption())
      .option('-r, --report <directory>', 'where')
      .option('--json', 'as JSON')
      .addOption(new Option('--strength <number>', 'n').choices(['1', '2', '3'])),
  )
  .addCommand(new Command('report'))
  .addCommand(new Command('__complete'))

const ids = ['elb/delete-pool/gone', 'elb/delete-pool/members-first', 'slb/remove/empties']

test.each([
  [[''], ['run', 'report']],
  [['re'], ['report']],
  [['run', '--js'], ['--json']],
  [
    ['run', '--strength', ''],
    ['1', '2', '3'],
  ],
  [
    ['run', '--only', 'elb'],
    ['elb/delete-pool', ...ids.slice(0, 2)],
  ],
  [['run', '-o', 'elb/delete-pool/m'], ['elb/delete-pool/members-first']],
  [['run', '--report', ''], []],
  [['run', '--json', ''], []],
])('after %j can come %j', (words, expected) => {
  expect(candidates(root, words, ids)).toEqual(expected)
})
