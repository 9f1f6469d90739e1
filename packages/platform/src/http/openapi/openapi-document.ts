import { allEndpoints, API_PREFIX, type Endpoint } from '@ai-crm/contracts'
import { jsonSchemaConverter, type JsonSchema } from './json-schemas.ts'
import { ANSWER_HEADERS, operationOf } from './operation.ts'

const DESCRIPTION = `Errors are RFC 9457 problem details: switch on \`code\`. Lists are paged by opaque cursors.
Operations that create or send take an \`Idempotency-Key\`; a repeat within 48 hours gets the first answer again, with
\`Idempotency-Replayed: true\`. Operations on versions take \`If-Match\` with the \`ETag\` of what was read. The version stands in the path; \`API-Version\` in a request asserts it. What will go says so by
\`Deprecation\`, \`Sunset\` and \`Link\`. Each operation names its permission (\`x-permission\`), the units that it costs of the rate limits
(\`x-rate-limit-cost\`), its deadline and the size of its body.`

const BEARER = { type: 'http', scheme: 'bearer', description: 'An access token of a session (a JWT, 10 minutes), or an API key' }

/**
 * OpenAPI 3.1 of the whole product (or of the given endpoints), made from the contracts alone: the same in every
 * way of running. `npm run docs` writes it to docs/generated/openapi.json; the gateway serves it.
 */
export function createOpenApiDocument(endpoints: readonly Endpoint[] = allEndpoints): JsonSchema {
  const schemas: Record<string, JsonSchema> = {}
  const toJsonSchema = jsonSchemaConverter(schemas)
  const paths: Record<string, JsonSchema> = {}
  for (const endpoint of endpoints.filter(({ access }) => access !== 'internal')) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operationOf(endpoint, toJsonSchema) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'AI CRM', version: '1', description: DESCRIPTION },
    servers: [{ url: API_PREFIX }],
    tags: [...new Set(endpoints.map(({ service }) => service))].map((name) => ({ name })),
    paths,
    components: { schemas, headers: ANSWER_HEADERS, securitySchemes: { bearer: BEARER } },
  }
}
