import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createElasticsearchIndex } from './elasticsearch-index.ts'

export const log = pino({ level: 'silent' })

export type Answer = (path: string, body: string, method: string) => { status?: number; body: unknown } | 'hang' | 'cut'

/** At the wire an Elasticsearch that fails on demand, as no real one does. */
export async function standIn(answer: Answer) {
  const asked: { path: string; body: string }[] = []
  const server = createServer((request: IncomingMessage, response: ServerResponse) => void respond(request, response))
  const respond = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const bytes = Buffer.concat(chunks)
    const body = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString()
    const path = (request.url ?? '').split('?')[0] ?? ''
    asked.push({ path, body })
    const said = answer(path, body, request.method ?? '')
    if (said === 'cut') return void request.socket.destroy()
    if (said === 'hang') return
    response.writeHead(said.status ?? 200, { 'content-type': 'application/vnd.elasticsearch+json;compatible-with=9', 'x-elastic-product': 'Elasticsearch' })
    response.end(JSON.stringify(said.body))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // oxlint-disable-next-line no-unsafe-type-assertion -- a TCP server's address is one
  const { port } = server.address() as AddressInfo
  const index = createElasticsearchIndex({ url: `http://127.0.0.1:${port}`, prefix: 'x', log })
  onTestFinished(async () => {
    await index.close()
    server.closeAllConnections()
    server.close()
  })
  return { index, asked }
}

/** What is said to a bulk of so many documents. */
export const bulkAnswer = (...statuses: number[]) => ({
  body: {
    took: 1,
    errors: true,
    items: statuses.map((status) => ({ index: { _id: 'x', status, ...(status < 300 ? {} : { error: { type: 'some_exception' } }) } })),
  },
})
