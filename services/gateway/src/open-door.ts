import { exchangeKeys } from './api-keys/exchange-keys.ts'
import { cacheKey, type ServiceHost, type Stoppable } from '@ai-crm/platform'
import { allowOrigins } from './allow-origins.ts'
import type { PublicCtx } from './ctx.ts'
import { forwardEndpoints } from './forwarding/forward-endpoints.ts'
import { forwardSockets } from './forwarding/forward-sockets.ts'
import { openUpstreams } from './forwarding/upstreams.ts'
import { chargeAddress, limitRates } from './limits/limit-rates.ts'
import { compressAnswers } from './pages/compress-answers.ts'
import { serveApiReference } from './pages/api-reference.ts'
import { takePolicyReports } from './pages/policy-reports.ts'
import { serveKeys } from './pages/serve-keys.ts'
import { serveWebApp } from './pages/web-app.ts'

/** Makes the process's HTTP application the public door: limits, routes to the other services, API reference, web app. */
export async function openDoor(ctx: PublicCtx, host: ServiceHost): Promise<Stoppable> {
  const { app } = host
  const upstreams = openUpstreams(host.upstreams, ctx.log)
  allowOrigins(app, ctx.config.CORS_ORIGINS)
  exchangeKeys(ctx, host, (address) => chargeAddress(ctx, host, address))
  limitRates(ctx, host)
  compressAnswers(app)
  forwardEndpoints(ctx, host, upstreams)
  forwardSockets(host, upstreams, ctx.log)
  serveKeys(app)
  serveApiReference(app)
  takePolicyReports(app, ctx, async (address, perMinute) => {
    const bucket = { kind: 'policy-report', key: cacheKey('global', 'rate', 'policy-report', address), limit: perMinute, periodSeconds: 60, cost: 1 }
    return (await host.adapters.rateLimiter.charge([bucket])).isAllowed
  })
  serveWebApp(app, ctx)

  // After the last request was answered, not when extensions stop: requests still arrive then.
  app.addHook('onClose', () => upstreams.close())
  return { stop: async () => {} }
}
