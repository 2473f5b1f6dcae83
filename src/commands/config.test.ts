import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemaFile } from '../documents/schema.ts'
import { configFor } from '../session/config-file.ts'
import { applyConfig } from './configured.ts'
import { withRunFlags, type RunFlags } from './run-flags.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'poolproof-config-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

let written = 0

/** The flags of a run that was started below a directory with this configuration. */
function flagsOf(config: unknown, words: readonly string[] = [], profile?: string): RunFlags {
  written += 1
  const home = join(folder, String(written))
  mkdirSync(join(home, 'below/here'), { recursive: true })
  writeFileSync(join(home, 'poolproof.config.json'), `// ours\n${JSON.stringify(config)}`)
  const command = withRunFlags(new Command('run')).exitOverride()
  command.parse(words, { from: 'user' })
  applyConfig(command, configFor(join(home, 'below/here')), profile)
  return command.opts<RunFlags & Record<string, unknown>>()
}

describe('a configuration', () => {
  test('says what was not typed, as if it had been typed', () => {
    const run = { seed: 7, level: ['must'], bail: '3', keep: true, quiet: true, strength: 2 }
    expect(flagsOf({ run })).toMatchObject({ ...run, bail: 3, strength: '2' })
    expect(flagsOf({ run }, ['--seed', '9', '--level', 'reading'])).toMatchObject({
      seed: 9,
      level: ['reading'],
    })
  })

  test('names targets, and gives paths from where it is', () => {
    const config = {
      targets: { eu: 'targets/eu.json' },
      run: { target: ['eu', 'other.json'], report: 'out' },
    }
    const { target, report } = flagsOf(config)
    const home = join(folder, String(written))
    expect(target).toEqual([join(home, 'targets/eu.json'), join(home, 'other.json')])
    expect(report).toBe(join(home, 'out'))
    expect(flagsOf(config, ['-t', 'eu', '-t', 'x.json']).target).toEqual([
      join(folder, String(written), 'targets/eu.json'),
      'x.json',
    ])
  })

  test('has profiles, which take precedence over what holds for every run', () => {
    const config = { run: { seed: 1, walks: 2 }, profiles: { nightly: { walks: 100 } } }
    expect(flagsOf(config, [], 'nightly')).toMatchObject({ seed: 1, walks: 100 })
    expect(flagsOf(config)).toMatchObject({ walks: 2 })
    expect(() => flagsOf(config, [], 'nightli')).toThrow('Did you mean nightly?')
  })

  test.each([
    [{ run: { seeed: 1 } }, 'unknown key "seeed". Did you mean "seed"?'],
    [{ run: { seed: 'seven' } }, 'seed is "seven". It must be a whole number'],
    [{ run: { quiet: 'yes' } }, 'run.quiet must be boolean'],
    [{ run: { seed: true } }, 'run.seed must be string,number'],
    [{ run: { strength: 4 } }, 'strength is 4. It is one of 1, 2, 3.'],
    [{ run: { level: ['may'] } }, 'level is ["may"]. The levels are must, implied, reading.'],
    [{ run: { seed: [1, 2] } }, 'run.seed'],
    [{ targets: { eu: 7 } }, 'targets.eu must be string'],
    [{ target: {} }, 'unknown key "target". Did you mean "targets"?'],
  ])('is refused: %j', (config, said) => {
    expect(() => flagsOf(config)).toThrow(said)
  })

  test('may be YAML, but only one of them holds', () => {
    const home = join(folder, 'yaml')
    mkdirSync(home)
    writeFileSync(join(home, 'poolproof.config.yaml'), 'run:\n  seed: 3\n')
    expect(configFor(home)?.run).toEqual({ seed: 3 })
    writeFileSync(join(home, 'poolproof.config.json'), '{}')
    expect(() => configFor(home)).toThrow('There are two configurations')
    expect(() => configFor(home, 'nowhere.json')).toThrow('cannot be read (ENOENT)')
  })
})

test('the schema knows every option of a run, and no other', () => {
  const schema = JSON.parse(readFileSync(schemaFile('config.schema.json'), 'utf8')) as {
    $defs: { run: { properties: object } }
  }
  const options = withRunFlags(new Command('run')).options.map(({ long = '' }) => long.slice(2))
  const known = options.filter((name) => !['config', 'profile'].includes(name))
  expect(Object.keys(schema.$defs.run.properties).toSorted()).toEqual(known.toSorted())
})
