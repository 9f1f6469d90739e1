import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** CORS is off unless origins are configured; then these alone may read answers and send credentials. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return
  void app.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['authorization', 'content-type', 'idempotency-key', 'if-match', 'x-correlation-id', 'api-version'],
    exposedHeaders: [
      'etag',
      'retry-after',
      'x-request-id',
      'idempotency-replayed',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'api-version',
      'deprecation',
      'sunset',
      'link',
    ],
    maxAge: 600,
  })
}
