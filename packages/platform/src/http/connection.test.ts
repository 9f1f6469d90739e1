import { connect } from 'node:net'
import { silentLog } from '@ai-crm/testing/http'
import { expect, it, onTestFinished } from 'vitest'
import { createApp } from './create-app.ts'

/** What the server says to these bytes before it ends the connection. */
async function answerTo(bytes: string): Promise<string> {
  const app = createApp({ log: silentLog })
  app.post('/any', async () => 'fine')
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(bytes))
    let heard = ''
    socket.on('data', (chunk) => (heard += chunk))
    socket.on('close', () => resolve(heard))
  })
}

it.each([
  ['no HTTP at all', 'hello\r\n\r\n', 400],
  [
    'both Content-Length and Transfer-Encoding',
    'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
  ],
  ['two different lengths', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde', 400],
  ['a chunk size that is none', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400],
  ['a folded header (obs-fold)', 'POST /any HTTP/1.1\r\nHost: x\r\nX-Folded: a\r\n Content-Length: 5\r\nContent-Length: 0\r\n\r\n', 400],
  ['lines that end with a bare LF', 'POST /any HTTP/1.1\nHost: x\nContent-Length: 0\n\n', 400],
  ['a header line that ends with a bare LF', 'POST /any HTTP/1.1\r\nHost: x\r\nX-A: b\nContent-Length: 0\r\n\r\n', 400],
  ['the same length twice', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nabcde', 400],
  ['a space before the colon', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nabcde', 400],
  ['chunked that is not the last coding', 'POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n', 400],
  ['a length with a sign', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde', 400],
  ['lengths in a list', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 5, 5\r\n\r\nabcde', 400],
  ['a length in hexadecimal', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 0x5\r\n\r\nabcde', 400],
  ['a length of more than any number', 'POST /any HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551617\r\n\r\na', 400],
  [
    'Transfer-Encoding before Content-Length (TE.CL)',
    'POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n8\r\nSMUGGLED\r\n0\r\n\r\n',
    400,
  ],
  [
    'two codings of which one is chunked (TE.TE)',
    'POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\nGET /any HTTP/1.1\r\nHost: x\r\n\r\n',
    400,
  ],
  ['a space before the colon of Transfer-Encoding', 'POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n', 400],
  ['a vertical tab before chunked', 'POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n', 400],
  [
    'a chunk size beyond 64 bits',
    'POST /any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n',
    400,
  ],
  [
    'a chunk that is longer than it says',
    'POST /any HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}XX\r\n0\r\n\r\n',
    400,
  ],
  ['two hosts', 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n', 400],
  ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: a\0b\r\n\r\n', 400],
  ['20 KB of headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Large: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
])('refuses %s as a problem and ends the connection', async (_what, bytes, status) => {
  const answer = await answerTo(bytes)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toContain('application/problem+json')
  expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
})

it('ends a connection whose headers never end after 16 KiB of them, whatever follows', async () => {
  const app = createApp({ log: silentLog })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  const line = `X-Large: ${'x'.repeat(1_000)}\r\n`
  const taken = await new Promise<{ written: number; heard: string }>((resolve) => {
    let [written, heard] = [0, '']
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => {
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n')
      const more = () => {
        while (socket.writable && written < 100_000_000 && socket.write(line)) written += line.length
      }
      socket.on('drain', more)
      more()
    })
    socket.on('data', (chunk) => (heard += chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ written, heard }))
  })
  // What the kernel has buffered on its way counts too.
  expect(taken.written).toBeLessThan(20_000_000)
  expect(taken.heard === '' || taken.heard.startsWith('HTTP/1.1 431')).toBe(true)
})

it('answers a transfer coding that is not chunked with nothing but refusals', async () => {
  const answer = await answerTo('POST /any HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\nGET /any HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(new Set(answer.match(/HTTP\/1\.1 \d+/g))).toEqual(new Set(['HTTP/1.1 400']))
})
