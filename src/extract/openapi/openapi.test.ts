/** The exported document: valid by a kept validator, and true to the schemas. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { UsageError } from '../../model.ts'
import { readApiPage } from '../findings/api-page.ts'
import { openPage } from '../page/open-page.ts'
import { draft } from '../schema/document.ts'
import { ownSchemas, readDocuments } from '../schema/store.ts'
import { exportOpenApi } from './export-openapi.ts'
import { openApi, type OpenApi } from './openapi.ts'

const own = openApi(readDocuments(ownSchemas()), '0.0.0')

async function errorsOf(document: OpenApi): Promise<unknown> {
  const { valid, errors } = await new Validator().validate(JSON.parse(JSON.stringify(document)))
  return valid ? [] : errors
}

test('what this package ships is valid', async () => {
  expect(await errorsOf(own)).toEqual([])
})

test('the validator finds what is wrong', async () => {
  const wrong = { ...own, paths: { '/a': { get: { responses: 3 as unknown as object } } } }
  expect(await errorsOf(wrong)).not.toEqual([])
})

test('each operation is at its method and path, with its page', () => {
  const update = own.paths['/v2.0/lbaas/pools/{pool_id}']!['put'] as Record<string, unknown>
  expect(update).toMatchObject({
    operationId: 'elb-update-pool',
    parameters: [{ name: 'pool_id', in: 'path', required: true }],
    requestBody: { required: true },
    'x-source': { page: 'Updating a Backend Server Group' },
  })
  expect(JSON.stringify(update)).toContain('"x-source":{"type":{"page"')
})

test('operations of an RPC API are forms that name themselves', () => {
  const { requestBody } = own.paths['/']!['post'] as { requestBody: unknown }
  expect(requestBody).toMatchObject({
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          anyOf: [
            { properties: { Action: { const: 'RemoveBackendServers' } } },
            { properties: { Action: { const: 'RemoveVServerGroupBackendServers' } } },
          ],
        },
      },
    },
  })
})

function rows(...names: readonly string[]): string {
  const lines = names.map(
    (name) => `<tr><td>${name}</td><td>Yes</td><td>String</td><td>The one.</td></tr>`,
  )
  return `<table><tr><th>Parameter</th><th>Mandatory</th><th>Type</th><th>Description</th></tr>${lines.join('')}</table>\n\n`
}

test('a part of the path without a row, headers and a query are parameters', async () => {
  const page = `# Querying Jars\n\n## URI\n\nGET /v3/\\{shop_id\\}/jars\n\nThis is for the value of a jar.\n\n${rows('limit')}## Request\n\n${rows('X-Auth-Token', 'Content-Type')}`
  const { api, findings } = readApiPage(openPage(new TextEncoder().encode(page)))
  const { document } = draft(api, findings, { errata: [], notes: [] })
  const exported = openApi([document], '0.0.0')
  const { parameters } = exported.paths['/v3/{shop_id}/jars']!['get'] as { parameters: unknown }
  expect(parameters).toMatchObject([
    { name: 'shop_id', in: 'path', required: true },
    { name: 'limit', in: 'query', required: true },
    { name: 'X-Auth-Token', in: 'header', required: true },
  ])
  expect(await errorsOf(exported)).toEqual([])
})

test('a file is written, and what is missing is said', () => {
  const folder = mkdtempSync(join(tmpdir(), 'poolproof-'))
  try {
    const out = join(folder, 'openapi.json')
    expect(exportOpenApi({ out, dialect: 'elb', version: '1.2.3' })).toBeUndefined()
    const { info, paths } = JSON.parse(readFileSync(out, 'utf8')) as OpenApi
    expect([info.version, Object.keys(paths)]).toEqual([
      '1.2.3',
      ['/v2.0/lbaas/pools/{pool_id}', '/v2.0/lbaas/pools/{pool_id}/members/{member_id}'],
    ])
    expect(() => exportOpenApi({ schemas: folder, version: '1' })).toThrow(UsageError)
    expect(() => exportOpenApi({ dialect: 'nlb', version: '1' })).toThrow(/of the dialect nlb/)
    expect(() => exportOpenApi({ out: folder, version: '1' })).toThrow(/cannot be written/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
