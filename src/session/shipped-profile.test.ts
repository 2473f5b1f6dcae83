import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { suites } from '../../suites/index.ts'
import { isCheck } from '../check/check.ts'
import { problems, schemaFile } from '../documents/schema.ts'
import { UsageError } from '../model.ts'
import type { SlbTarget } from '../target.ts'
import { shippedProfile, withShippedProfile } from './shipped-profile.ts'
import { readTarget } from './target-file.ts'

const folder = dirname(schemaFile('profiles/alibaba.json'))
const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))

const schema = JSON.parse(readFileSync(schemaFile('target.schema.json'), 'utf8')) as {
  properties: { extends: { enum: string[] } }
}

test('"extends" names every profile that is shipped', () => {
  expect(schema.properties.extends.enum.toSorted()).toEqual(names.toSorted())
})

describe.each(names)('the profile %s', (name) => {
  const profile = shippedProfile(name)
  const requirements = new Map(
    suites
      .filter(({ dialect }) => dialect === profile.dialect)
      .flatMap(({ entries }) => entries.filter((entry) => isCheck(entry)))
      .map(({ requirement }) => [requirement.id, requirement]),
  )

  test('is valid, and called like its file', () => {
    expect(problems('profile.schema.json', profile)).toEqual([])
    expect(profile.name).toBe(name)
  })

  test('pins readings that exist', () => {
    const pins = Object.entries(profile.readings).map(([id, { reading }]) => [id, reading])
    const lost = pins.filter(
      ([id = '', reading = '']) => !(reading in (requirements.get(id)?.readings ?? {})),
    )
    expect(lost).toEqual([])
  })

  // A reading fails as well: where a target answers 500.
  test('waives requirements that exist, each once', () => {
    const ids = profile.waivers.map(({ requirement }) => requirement)
    expect(ids.filter((id) => !requirements.has(id))).toEqual([])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('names features that a target file can have', () => {
    const { $defs } = JSON.parse(readFileSync(schemaFile('target.schema.json'), 'utf8')) as {
      $defs: { profile: { properties: object } }
    }
    const known = Object.keys($defs.profile.properties)
    expect(Object.keys(profile.profile).filter((feature) => !known.includes(feature))).toEqual([])
  })

  test('is taken over by a target file that names it', async () => {
    const { dialect } = profile
    const example = readFileSync(schemaFile(`../fixtures/targets/${dialect}.json`), 'utf8')
    const folderOfTarget = mkdtempSync(join(tmpdir(), 'poolproof-'))
    const file = join(folderOfTarget, 'target.json')
    writeFileSync(
      file,
      JSON.stringify({ ...(JSON.parse(example) as object), profile: {}, extends: name }),
    )
    const { profile: features, readings, waivers } = await readTarget(file)
    rmSync(folderOfTarget, { recursive: true })
    expect(Object.keys(features ?? {})).toEqual(Object.keys(profile.profile))
    expect(Object.keys(readings ?? {})).toEqual(Object.keys(profile.readings))
    expect(waivers).toHaveLength(profile.waivers.length)
  })
})

describe('a target that extends a profile', () => {
  const target: SlbTarget = {
    name: 'staging',
    dialect: 'slb',
    extends: 'alibaba',
    endpoint: 'http://127.0.0.1',
    auth: { accessKeyId: { env: 'ID' }, accessKeySecret: { env: 'SECRET' } },
    given: { region: 'cn-hangzhou', serverIds: ['i-1'] },
  }
  const id = 'slb/remove-backend-servers/post'
  const waived = 'slb/remove-vserver-group-backend-servers/twenty-one-refused'

  test('has its features, readings and waivers', () => {
    const { profile, readings, waivers } = withShippedProfile(target)
    expect(profile).toMatchObject({ asynchronous: true })
    expect(readings).toMatchObject({ [id]: 'accepted' })
    expect(waivers).toMatchObject([{ requirement: waived, profile: 'alibaba' }])
  })

  test('says otherwise where it says anything', () => {
    const own = {
      requirement: waived,
      reason: 'Agreed in July.',
      owner: 'us',
      expires: '2027-01-31',
    }
    const { profile, readings, waivers } = withShippedProfile({
      ...target,
      profile: { asynchronous: false },
      readings: { [id]: 'refused' },
      waivers: [own],
    })
    expect(profile).toMatchObject({ asynchronous: false })
    expect(readings).toMatchObject({ [id]: 'refused' })
    expect(waivers).toEqual([own])
  })

  test('has the dialect of the profile', () => {
    const other = { ...target, dialect: 'elb' as const } as never
    expect(() => withShippedProfile(other)).toThrow(UsageError)
  })

  test('that extends nothing is as it is', () => {
    const { extends: _profile, ...plain } = target
    expect(withShippedProfile(plain)).toBe(plain)
  })
})
