import { API_PREFIX } from '@ai-crm/contracts'
import { createOpenApiDocument } from '@ai-crm/platform'
import { createHash } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'

const DOCUMENT_PATH = `${API_PREFIX}/openapi.json`
const REFERENCE_PATH = '/api/docs'

/** The reference brings its own script and styles; inline scripts run by their hashes alone. It may talk to nobody but us. */
const policyFor = (page: string): string =>
  `default-src 'none'; script-src 'self' ${hashesOf(page)}; script-src-attr 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const hashesOf = (page: string): string =>
  [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)]
    .map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`)
    .join(' ')

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
      const isPage = String(answer.headers['content-type']).startsWith('text/html')
      if (answer.statusCode >= 300 && answer.statusCode < 400) return reply.redirect(`${REFERENCE_PATH}/`)
      return reply
        .code(answer.statusCode)
        .type(answer.headers['content-type'] ?? 'text/html')
        .header('content-security-policy', policyFor(isPage ? answer.payload : ''))
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
