import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { posix, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { suites } from '../suites/index.ts'
import { operations } from './model.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is in the repository and is ours to write, by its path from the root. */
const files = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
  if (entry.isFile()) return [entry.name]
  const rooms = ['.ci', 'bench', 'fixtures', 'schemas', 'src', 'suites']
  return rooms.includes(entry.name) ? below(entry.name) : []
})

function below(room: string): string[] {
  return readdirSync(resolve(root, room), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, resolve(entry.parentPath, entry.name)).split(sep).join('/'))
}

const textOf = (file: string) => readFileSync(resolve(root, file), 'utf8')
const isTest = (file: string) => /\.(?:test|bench)\.ts$/.test(file)
const code = files.filter((file) => file.endsWith('.ts'))

/** What each file imports: packages by their name, files by their path from the root. */
const imports = new Map(code.map((file) => [file, importsOf(file)]))

function importsOf(file: string): string[] {
  const lines = /^\s*(?:(?:import|export)\b[^'"`;]*?from\s*|import\s*)['"]([^'"]+)['"]/gm
  const calls = /\bimport\(\s*['"]([^'"]+)['"]/g
  const text = textOf(file)
  const names = [...text.matchAll(lines), ...text.matchAll(calls)].map(([, name = '']) => name)
  return [...names, ...importsByTheList(text)].map((name) =>
    name.startsWith('.') ? posix.join(posix.dirname(file), name) : name,
  )
}

/** The files of each operation, where a module asks for them. */
function importsByTheList(text: string): string[] {
  const calls = /\bofEachOperation<[^(]+>\(\s*import\.meta\.url,\s*'([^']+)'(?:,\s*'(\w+)')?/g
  return [...text.matchAll(calls)].flatMap(([, file = '', only]) =>
    operations
      .filter(({ dialect }) => only === undefined || dialect === only)
      .map(({ dialect, operation }) =>
        file.replaceAll('{dialect}', dialect).replaceAll('{operation}', operation),
      )
      .map((path) => `${path}.ts`),
  )
}

/** The way from a file, import by import, to one that fits; none when there is no such way. */
function wayTo(
  from: string,
  fits: (file: string) => boolean,
  seen = new Set<string>(),
): readonly string[] | undefined {
  for (const next of imports.get(from) ?? []) {
    if (fits(next)) return [from, next]
    if (seen.has(next)) continue
    seen.add(next)
    const way = wayTo(next, fits, seen)
    if (way) return [from, ...way]
  }
  return undefined
}

/** Each forbidden way from a file of these to a file of those. */
function ways(from: (file: string) => boolean, to: (file: string) => boolean): string[] {
  return code
    .filter((file) => from(file) && !isTest(file))
    .flatMap((file) => wayTo(file, to)?.join(' → ') ?? [])
}

const inRoom =
  (...rooms: readonly string[]) =>
  (file: string) =>
    rooms.some((room) => file === `${room}.ts` || file.startsWith(`${room}/`))

test('imports are read at all', () => {
  expect(imports.get('src/commands/run.ts')).toContain('suites/index.ts')
  expect(imports.get('src/commands/program.ts')).toContain('commander')
  expect(imports.get('suites/index.ts')).toContain('suites/elb/delete-pool.suite.ts')
  expect(wayTo('suites/index.ts', inRoom('src/exchange'))?.length).toBeGreaterThan(2)
  const ours = [...imports.values()].flat().filter((name) => name.endsWith('.ts'))
  expect(ours.filter((name) => !code.includes(name))).toEqual([])
})

/** The one list of rooms and stages, the first code block of ARCHITECTURE.md: each line with its indentation and name. */
const list = [
  ...(/```rooms\n([^]*?)```/.exec(textOf('ARCHITECTURE.md'))?.[1] ?? '').matchAll(/^( *)(\S+)/gm),
].map(([, indent = '', name = '']) => ({ isStage: indent !== '', name: name.replace(/\/$/, '') }))

/** The rooms in their order. */
const rooms = list.filter(({ isStage }) => !isStage).map(({ name }) => name)

/** The stages of the rooms that have some, by their path. */
const stages = list.flatMap(({ isStage, name }, index) => {
  const room = list.slice(0, index).findLast((one) => !one.isStage)
  return isStage && room ? [`${room.name}/${name}`] : []
})

/** Rooms and stages in their order: a room is above its stages, and these are above the next room. */
const places = rooms.flatMap((room) => [room, ...stages.filter((stage) => inPlace(stage, room))])

const roomOf = (file: string) => rooms.find((room) => inPlace(file, room))
const placeOf = (file: string) => places.findLast((place) => inPlace(file, place))

function inPlace(file: string, place: string): boolean {
  return file === place || file.startsWith(`${place}/`)
}

/** Each import that goes up, in a line; nothing when all go down, or stay in their room or stage. */
function upward(file: string): string[] {
  const from = places.indexOf(placeOf(file) ?? '')
  return (imports.get(file) ?? [])
    .filter((name) => name.endsWith('.ts') && places.indexOf(placeOf(name) ?? '') < from)
    .map((name) => `${file} → ${name}`)
}

/** The floor that each room is on: 1 when it imports no other room, otherwise one above the highest that it imports. */
function floors(): ReadonlyMap<string, number> {
  const floorOf = new Map<string, number>()
  for (const room of rooms.toReversed()) {
    const next = code
      .filter((file) => !isTest(file) && roomOf(file) === room)
      .flatMap((file) => imports.get(file) ?? [])
    const below = next.map((name) => floorOf.get(roomOf(name) ?? '') ?? 0)
    floorOf.set(room, 1 + Math.max(0, ...below))
  }
  return floorOf
}

describe('the rooms', () => {
  test('hold every file of code', () => {
    const outside = code.filter((file) => !isTest(file) && roomOf(file) === undefined)
    expect(outside).toEqual(['vitest.config.ts'])
    expect(rooms.length).toBeLessThanOrEqual(22)
  })

  test('are on ten floors at most', () => {
    expect([...floors()].filter(([, floor]) => floor > 10)).toEqual([])
    expect(floors().get('src/commands')).toBeGreaterThan(2)
  })

  test('with stages hold no directory beside them', () => {
    const divided = rooms.filter((room) => stages.some((stage) => inPlace(stage, room)))
    expect(divided).toEqual(['src/extract'])
    const beside = code.filter((file) => divided.includes(placeOf(file) ?? ''))
    expect(beside.filter((file) => !divided.includes(posix.dirname(file)))).toEqual([])
  })

  test('import only what is below them, and so do their stages', () => {
    expect(code.filter((file) => !isTest(file)).flatMap(upward)).toEqual([])
  })

  test('have no circle of files, types included', () => {
    const circles = code.flatMap((file) => wayTo(file, (name) => name === file)?.join(' → ') ?? [])
    expect(circles).toEqual([])
  })

  test('suites and fixtures reach no reference', () => {
    expect(ways(inRoom('suites', 'fixtures'), inRoom('src/reference'))).toEqual([])
  })

  test('the reference reaches nothing that asks', () => {
    const asking = inRoom('suites', 'fixtures', 'src/dialects', 'src/check')
    expect(ways(inRoom('src/reference'), asking)).toEqual([])
  })

  test('fixtures reach no suite', () => {
    expect(ways(inRoom('fixtures'), inRoom('suites'))).toEqual([])
  })

  test('nothing but the command line knows suites or the reference', () => {
    const core = (file: string) => inRoom('src')(file) && !inRoom('src/cli', 'src/commands')(file)
    expect(ways(core, inRoom('suites', 'fixtures'))).toEqual([])
    const outside = (file: string) => core(file) && !inRoom('src/reference')(file)
    expect(ways(outside, inRoom('src/reference'))).toEqual([])
  })

  test('no file imports reports', () => {
    const readers = code.filter((file) =>
      imports.get(file)?.some((name) => inRoom('reports')(name)),
    )
    expect(readers).toEqual([])
  })

  test('the words import nothing', () => {
    expect(imports.get('src/model.ts')).toEqual([])
  })

  test('schemas are data only', () => {
    expect(files.filter((file) => file.startsWith('schemas/') && !file.endsWith('.json'))).toEqual(
      [],
    )
  })

  test('there is one door to the network, one into the reference, one for our tests, and those of traffic', () => {
    const network = ['undici', 'http', 'https', 'http2', 'net', 'tls', 'dgram']
    const names = network.flatMap((name) => [name, `node:${name}`])
    const doors = code.filter(
      (file) => !isTest(file) && imports.get(file)?.some((name) => names.includes(name)),
    )
    expect(doors.filter((file) => inRoom('src', 'suites', 'fixtures')(file)).toSorted()).toEqual([
      // Only compares addresses.
      'fixtures/traffic/road.ts',
      // Only compares addresses.
      'src/commands/backend.ts',
      'src/reference/data-plane/datagrams.ts',
      'src/reference/data-plane/probes.ts',
      'src/reference/data-plane/requests.ts',
      'src/reference/data-plane/streams.ts',
      'src/reference/server.ts',
      'src/traffic/backend.ts',
      'src/traffic/connections.ts',
      'src/traffic/control.ts',
      'src/wire/loopback.ts',
      // Only compares addresses.
      'src/wire/proxy.ts',
      'src/wire/wire.ts',
    ])
  })

  test('credentials are the business of the door, and of who opens it', () => {
    const users = code.filter(
      (file) =>
        !isTest(file) &&
        !inRoom('src/credentials', 'bench')(file) &&
        imports.get(file)?.some((name) => inRoom('src/credentials')(name)),
    )
    expect(users.toSorted()).toEqual([
      'src/exchange/attempt.ts',
      'src/exchange/connection.ts',
      // For tests.
      'src/exchange/loopback-connection.ts',
      // Only to say whose they are.
      'src/session/account.ts',
      'src/session/network-wire.ts',
      'src/session/session.ts',
      'src/session/target-connection.ts',
      'src/session/target-file.ts',
    ])
  })

  test('the reference verifies credentials by itself', () => {
    expect(ways(inRoom('src/reference'), inRoom('src/credentials'))).toEqual([])
  })

  test('the loopback servers of our tests are used by tests only', () => {
    expect(ways(() => true, inRoom('src/wire/loopback'))).toEqual([])
  })
})

describe.each([...new Set(operations.map(({ dialect }) => dialect))])(
  'an operation of %s has one basename',
  (dialect) => {
    const names = operations
      .filter((one) => one.dialect === dialect)
      .map(({ operation }) => operation)

    test.each(names)('%s', (name) => {
      expect(files).toContain(`suites/${dialect}/${name}.suite.ts`)
      const reference = `src/reference/${dialect}`
      expect(files).toContain(`${reference}/${name}.ts`)
      expect(files).toContain(`${reference}/mutants/${name}/${name}.mutants.ts`)
      expect(files).toContain(`${reference}/variants/${name}/${name}.variants.ts`)
      expect(files).toContain(`schemas/${dialect}/${name}.json`)
    })

    test('and nothing else is called a suite or described', () => {
      const described = files.filter(
        (file) =>
          (file.startsWith(`suites/${dialect}/`) && file.endsWith('.suite.ts')) ||
          (file.startsWith(`schemas/${dialect}/`) && !/\/(?:errata|notes)\.json$/.test(file)),
      )
      const nouns = described.map((file) => posix.basename(file).split('.')[0])
      expect(nouns.filter((noun) => !(names as readonly unknown[]).includes(noun))).toEqual([])
    })
  },
)

test('every mutant and variant is in the knownServers, with its file', () => {
  const planted = code.filter((file) => /\.(?:mutants|variants)\.ts$/.test(file))
  const knownServers = 'src/reference/known-servers.ts'
  expect(planted.filter((file) => !wayTo(knownServers, (name) => name === file))).toEqual([])
})

describe('suites', () => {
  test('are asked, every file of them', () => {
    const parts = code.filter((file) => inRoom('suites')(file) && !isTest(file))
    const lost = parts.filter((part) => !wayTo('suites/index.ts', (name) => name === part))
    expect(lost).toEqual(['suites/index.ts'])
  })

  test('are those of the list of operations, in its order', () => {
    expect(suites.map(({ dialect, operation }) => ({ dialect, operation }))).toEqual(
      operations.map(({ dialect, operation }) => ({ dialect, operation })),
    )
  })

  test('say each id once, below its dialect and operation', () => {
    const said = suites.flatMap(({ dialect, operation, entries }) =>
      entries.map(({ requirement }) => ({ id: requirement.id, room: `${dialect}/${operation}/` })),
    )
    expect(said.filter(({ id, room }) => !id.startsWith(room))).toEqual([])
    const ids = said.map(({ id }) => id)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
    expect(ids.filter((id) => !/^[a-z0-9]+(?:[-./][A-Za-z0-9_]+)*$/.test(id))).toEqual([])
  })
})

describe('every file', () => {
  test('has a name that says what is in it', () => {
    const wall = /^(?:utils?|helpers?|types?|common|misc|shared)\b/
    expect(files.filter((file) => wall.test(posix.basename(file)))).toEqual([])
  })

  test('of code has fewer than 400 lines', () => {
    const ours = code.filter((file) => inRoom('src', 'suites', 'fixtures', 'bench')(file))
    expect(ours.filter((file) => textOf(file).split('\n').length > 400)).toEqual([])
  })

  test('of code is called by kebab-case nouns', () => {
    const noun = /^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*\.ts$/
    expect(code.filter((file) => !noun.test(posix.basename(file)))).toEqual([])
  })

  test('names no place on the machine of whoever wrote it', () => {
    const here = [root, homedir()].filter((path) => path.split(/[\\/]/).length > 2)
    const someone = /(?:\/(?:home|Users|root)\/\w|[A-Z]:\\Users\\)/
    const telling = files.filter((file) => {
      const text = textOf(file)
      return someone.test(text) || here.some((path) => text.includes(path))
    })
    expect(telling).toEqual([])
  })
})
