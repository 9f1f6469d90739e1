import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import type { FileBody } from '../service.ts'

/**
 * Sends a file that strangers may have made: as a download, under its own name but never under our origin's
 * rights (reliability C5: attachment, nosniff, CSP sandbox). One that is still being written ends before its next piece once
 * `isOver`: whoever receives it sees that it is not whole.
 */
export function sendFile(reply: FastifyReply, file: FileBody, isOver: () => Promise<boolean>): FastifyReply {
  if (file.maxAgeSeconds) reply.headers({ 'cache-control': `private, max-age=${file.maxAgeSeconds}`, vary: 'authorization' })
  return reply
    .type(file.contentType)
    .header('content-disposition', attachment(file.fileName))
    .header('content-security-policy', "sandbox; default-src 'none'")
    .send(file.body instanceof Readable ? Readable.from(whileAllowed(file.body, isOver), { objectMode: false }) : file.body)
}

async function* whileAllowed(body: Readable, isOver: () => Promise<boolean>): AsyncGenerator {
  for await (const piece of body) {
    if (await isOver()) throw new Error('Whoever asked for this file may not have it any more.')
    yield piece
  }
}

/** RFC 6266: an ASCII name for old readers, the true one in UTF-8. Path separators and control characters go. */
function attachment(fileName: string): string {
  const name = fileName.replaceAll(/[/\\\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, '_').toWellFormed()
  const ascii = name.replaceAll(/[^\x20-\x7E]|["%]/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
}
