import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Endpoint } from '@ai-crm/contracts'
import type { FastifyInstance } from 'fastify'

const compress = promisify(gzip)
/** Below this a packet carries it anyway. */
const WORTHWHILE_BYTES = 2_048
const COMPRESSIBLE = /^(application\/(problem\+)?json|text\/|image\/svg\+xml)/

/**
 * Compresses texts that were made in this process, off the event loop. Only answers of reads with a token are:
 * answers of sign-ins and of what creates things may mix a caller's words with secrets (tokens, new keys), which
 * compression would leak by their size (BREACH).
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const isText = (typeof payload === 'string' || Buffer.isBuffer(payload)) && payload.length >= WORTHWHILE_BYTES
    if (!isText || reply.hasHeader('content-encoding') || mayHoldSecrets(request.routeOptions.config.endpoint)) return payload
    if (!COMPRESSIBLE.test(String(reply.getHeader('content-type') ?? '')) || !acceptsGzip(request.headers['accept-encoding'])) return payload
    reply.header('content-encoding', 'gzip').header('vary', 'accept-encoding').removeHeader('content-length')
    return compress(payload, { level: 4 })
  })
}

const mayHoldSecrets = (endpoint: Endpoint | undefined): boolean => endpoint !== undefined && (endpoint.access === 'public' || endpoint.method !== 'GET')

const acceptsGzip = (accepted: string | string[] | undefined): boolean =>
  String(accepted ?? '')
    .split(',')
    .some((coding) => /^\s*(gzip|\*)\s*(;\s*q=(1|0?\.\d*[1-9]))?\s*$/.test(coding))
