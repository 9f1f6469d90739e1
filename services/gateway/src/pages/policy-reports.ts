import { countedAddress, metrics } from '@ai-crm/platform'
import type { FastifyInstance } from 'fastify'
import { Counter } from 'prom-client'
import { z } from 'zod'
import type { PublicCtx } from '../ctx.ts'

export const REPORT_PATH = '/csp-reports'
const BODY_LIMIT_BYTES = 16_384
const REPORTS_PER_MINUTE = 60

const violations = new Counter({
  name: 'csp_violations_total',
  help: 'What browsers refused to load or run on our pages, by directive',
  labelNames: ['directive'],
  registers: [metrics],
})

/** CSP level 2 (`report-uri`) and level 3 (Reporting API): the same facts under other names. */
const Level2 = z.object({
  'csp-report': z.object({ 'effective-directive': z.string().optional(), 'violated-directive': z.string().optional(), 'blocked-uri': z.string().optional() }),
})
const Level3 = z.array(z.object({ body: z.object({ effectiveDirective: z.string().optional(), blockedURL: z.string().optional() }) })).max(20)
/** Of CSP 3: each is a label of its own, and strangers must not be able to make further ones. */
const DIRECTIVES: ReadonlySet<string> = new Set(
  ['base-uri child-src connect-src default-src font-src form-action frame-ancestors frame-src img-src manifest-src media-src object-src']
    .concat(['report-to report-uri require-trusted-types-for sandbox script-src script-src-attr script-src-elem style-src style-src-attr'])
    .concat(['style-src-elem trusted-types upgrade-insecure-requests worker-src'])
    .flatMap((names) => names.split(' ')),
)

/**
 * Takes in what browsers say about breaches of the Content-Security-Policy: counted, and logged with the origin alone,
 * for addresses carry what people look at. Anybody may send anything here: bounded, and nothing of it is believed.
 */
export function takePolicyReports(app: FastifyInstance, ctx: PublicCtx, allow: (address: string, perMinute: number) => Promise<boolean>): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(/^application\/(csp-report|reports\+json|json)/, { parseAs: 'string', bodyLimit: BODY_LIMIT_BYTES }, (_request, body, done) =>
      done(null, body),
    )
    scope.post(REPORT_PATH, async (request, reply) => {
      reply.code(204)
      if (!(await allow(countedAddress(request.ip), REPORTS_PER_MINUTE))) return
      for (const { directive, blocked } of readReports(String(request.body))) {
        violations.inc({ directive })
        ctx.log.info({ reason: directive, url: blocked }, 'a browser refused something on our pages')
      }
    })
  })
}

function readReports(body: string): { directive: string; blocked: string }[] {
  const parsed = parse(body)
  const old = Level2.safeParse(parsed)
  if (old.success) {
    const report = old.data['csp-report']
    return [shown(report['effective-directive'] ?? report['violated-directive'], report['blocked-uri'])]
  }
  const list = Level3.safeParse(parsed)
  return list.success ? list.data.map((report) => shown(report.body.effectiveDirective, report.body.blockedURL)) : []
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

const shown = (directive = '', blocked = '') => ({
  directive: DIRECTIVES.has(directive) ? directive : 'other',
  blocked: URL.canParse(blocked) ? new URL(blocked).origin : 'inline',
})
