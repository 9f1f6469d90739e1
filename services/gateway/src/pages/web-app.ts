import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import compress from '@fastify/compress'
import files from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PublicCtx } from '../ctx.ts'
import { REPORT_PATH } from './policy-reports.ts'

const DEFAULT_ROOT = fileURLToPath(new URL('../../../../apps/web/dist', import.meta.url))

/**
 * No inline script, no foreign code. Inline styles are needed by positioned elements; pictures over https by mail
 * whose reader asked for them: the mail's own frame forbids them until then.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "script-src-attr 'none'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  `report-uri ${REPORT_PATH}`,
  'report-to csp',
].join('; ')

/** Nothing of a browser that the app has no use for; passkeys and the clipboard stay. */
const FORBIDDEN_FEATURES = ['camera', 'microphone', 'geolocation', 'payment', 'usb', 'serial', 'bluetooth', 'midi', 'display-capture', 'browsing-topics']

const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'reporting-endpoints': `csp="${REPORT_PATH}"`,
  'cross-origin-opener-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': FORBIDDEN_FEATURES.map((feature) => `${feature}=()`).join(', '),
}

/** Vite puts a hash of the content into the names of these: they never change. */
const IMMUTABLE = /[\\/]assets[\\/]/

/**
 * Serves the built web app; every other address that a person opens is a page of it (history fallback). Files are
 * looked up when they are asked for: a build may finish, or be replaced, while the server runs.
 */
export function serveWebApp(app: FastifyInstance, ctx: PublicCtx): void {
  const root = resolve(ctx.config.WEB_ROOT ?? DEFAULT_ROOT)
  if (!existsSync(root)) ctx.log.warn({ root }, 'the web app is not built yet: only the API is served')
  void app.register(async (scope) => {
    await scope.register(compress, { encodings: ['br', 'gzip'], threshold: 2_048 })
    await scope.register(files, {
      root,
      serve: false,
      suppressWarning: true,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (response, path) => void response.header('cache-control', IMMUTABLE.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache'),
    })
    scope.addHook('onRequest', async (_request, reply) => void reply.headers(PAGE_HEADERS))
    scope.get('/*', sendFileOrPage)
  })
}

/** Addresses that belong to the API: an unknown one is an error, not a page. */
const NO_PAGE = /^\/(api|live|\.well-known)(\/|$)/

function sendFileOrPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const [path = '/'] = request.url.split('?')
  if (NO_PAGE.test(path)) return notFound(reply)
  if (extname(path) !== '') return reply.sendFile(path)
  // The front page answers whoever asks (curl, an uptime check); other addresses are pages for browsers only.
  const isPage = path === '/' || (request.headers.accept ?? '').includes('text/html')
  return isPage ? reply.sendFile('index.html') : notFound(reply)
}

function notFound(reply: FastifyReply): FastifyReply {
  reply.callNotFound()
  return reply
}
