import { createServer, type Server } from 'node:http'

const SECONDS = 5_000

/**
 * Answers on a port without TLS: sends whoever opens a page over to HTTPS, and nothing else. A program that calls the API without TLS
 * has sent its key already; it is refused, so that somebody notices (ASVS 4.1.2). `origin` is configured: what a
 * request calls its host leads nobody anywhere.
 */
export function createRedirects(origin: string, apiPrefix: string): Server {
  return createServer({ headersTimeout: SECONDS, requestTimeout: SECONDS, keepAliveTimeout: SECONDS, maxHeaderSize: 8_192 }, (request, response) => {
    const { method = '', url = '/' } = request
    const isPage = (method === 'GET' || method === 'HEAD') && url.startsWith('/') && !url.startsWith('//') && !isUnder(apiPrefix, url)
    response.setHeader('connection', 'close')
    if (isPage) return void response.writeHead(308, { location: origin + url }).end()
    response.writeHead(426, { upgrade: 'TLS/1.2, HTTP/1.1', connection: 'Upgrade, close', 'content-type': 'application/problem+json' })
    response.end(JSON.stringify({ type: 'about:blank', title: 'Upgrade Required', status: 426, detail: 'Call this by https://.' }))
  })
}

const isUnder = (prefix: string, url: string): boolean => url === prefix || url.startsWith(`${prefix}/`) || url.startsWith(`${prefix}?`)
