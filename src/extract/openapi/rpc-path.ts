/** The one path of an RPC API: every operation is a form that names itself. */
import type { Schema } from '../schema/amend.ts'
import type { Document } from '../schema/document.ts'

/**
 * OpenAPI allows one operation for a path and a method, so the operations are alternatives of its body.
 *
 * @param documents - All of them at `/`.
 */
export function rpcPath(documents: readonly Document[]): Record<string, object> {
  const [first] = documents
  return {
    post: {
      operationId: `${first!.dialect}-rpc`,
      summary: 'Every operation: the parameter Action says which',
      tags: [first!.dialect],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': { schema: alternatives(documents, formOf) },
        },
      },
      responses: {
        '2XX': {
          description: 'Success',
          content: { 'application/json': { schema: alternatives(documents, answerOf) } },
        },
        default: { description: 'A refusal, with a code' },
      },
      'x-source': Object.fromEntries(
        documents.map(({ operation, page, errata, notes = [] }) => [
          operation,
          { page: page.title, sha256: page.sha256, errata, notes },
        ]),
      ),
    },
  }
}

function alternatives(
  documents: readonly Document[],
  schemaOf: (document: Document) => Schema,
): Schema {
  const schemas = documents.map((document) => ({
    title: document.page.title,
    ...schemaOf(document),
  }))
  return schemas.length === 1 ? schemas[0]! : { anyOf: schemas }
}

/** A form whose Action is the operation, also where the table of the page has no row for it. */
function formOf({ request, page }: Document): Schema {
  const { $schema: _, ...form } = request ?? { type: 'object' }
  const { properties = {}, required = [] } = form as {
    properties?: Readonly<Record<string, object>>
    required?: readonly string[]
  }
  const action = { ...properties['Action'], const: page.title }
  return {
    ...form,
    properties: { ...properties, Action: action },
    required: [...new Set([...required, 'Action'])],
  }
}

function answerOf({ response }: Document): Schema {
  const { $schema: _, ...answer } = response ?? { type: 'object' }
  return answer
}
