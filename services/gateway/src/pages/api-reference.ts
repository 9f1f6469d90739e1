import { API_PREFIX } from '@ai-crm/contracts'
import { createOpenApiDocument } from '@ai-crm/platform'
import Fastify, { type FastifyInstance } from 'fastify'

const DOCUMENT_PATH = `${API_PREFIX}/openapi.json`
const REFERENCE_PATH = '/api/docs'

/** The reference brings its own script and styles, inline too; it may talk to nobody but us. */
const REFERENCE_POLICY =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'"

/** The OpenAPI document and a page to read it. Both are made when they are first asked for. */
export function serveApiReference(app: FastifyInstance): void {
  let document: string | null = null
  app.get(DOCUMENT_PATH, async (_request, reply) => {
    document ??= JSON.stringify(createOpenApiDocument())
    return reply.type('application/json; charset=utf-8').send(document)
  })

  let reference: Promise<FastifyInstance> | null = null
  const sendReference = async (path: string) => (await (reference ??= createReference())).inject({ method: 'GET', url: path })
  for (const url of [REFERENCE_PATH, `${REFERENCE_PATH}/`, `${REFERENCE_PATH}/js/scalar.js`])
    app.get(url, async (_request, reply) => {
      const answer = await sendReference(url)
      if (answer.statusCode >= 300 && answer.statusCode < 400) return reply.redirect(`${REFERENCE_PATH}/`)
      return reply
        .code(answer.statusCode)
        .type(answer.headers['content-type'] ?? 'text/html')
        .header('content-security-policy', REFERENCE_POLICY)
        .send(answer.rawPayload)
    })
}

/** The page's 4 MB are loaded by an application of its own, so that nobody pays for them who does not look. */
async function createReference(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const reference = Fastify()
  await reference.register(scalar, {
    routePrefix: REFERENCE_PATH,
    configuration: { url: DOCUMENT_PATH, title: 'AI CRM API', withDefaultFonts: false, telemetry: false, hideClientButton: true },
  })
  return reference
}
