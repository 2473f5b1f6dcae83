import { existsSync, readFileSync } from 'node:fs'

/** The version in package.json, which lies above `src/`, or above `dist/src/`. */
export function version(): string {
  const places = ['../../package.json', '../../../package.json'].map(
    (place) => new URL(place, import.meta.url),
  )
  const found = places.find((place) => existsSync(place))
  if (!found) throw new Error('package.json was not found above this file.')
  return (JSON.parse(readFileSync(found, 'utf8')) as { version: string }).version
}
