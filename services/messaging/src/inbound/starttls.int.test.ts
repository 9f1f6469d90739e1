import { startService } from '@ai-crm/testing'
import { TEST_AUTHORITY, TEST_CERTIFICATE } from '@ai-crm/testing/fakes/test-certificates'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { createTransport } from 'nodemailer'
import { expect, it } from 'vitest'
import service from '../service.ts'
import { startMailFixture } from '../testing/mail-fixture.ts'

const folder = await mkdtemp(join(tmpdir(), 'starttls-'))
const files = { SMTP_TLS_CERT: join(folder, 'cert.pem'), SMTP_TLS_KEY: join(folder, 'key.pem') }
await writeFile(files.SMTP_TLS_CERT, TEST_CERTIFICATE.cert)
await writeFile(files.SMTP_TLS_KEY, TEST_CERTIFICATE.key)
const { messaging, organization, send, smtpPort } = await startMailFixture({ SMTP_STARTTLS: 'true', ...files })

it('takes mail over STARTTLS with the certificate it was given, and still without TLS', async () => {
  const { agent, address } = await organization('secure')
  const secure = createTransport({ host: '127.0.0.1', port: smtpPort, requireTLS: true, tls: { ca: TEST_AUTHORITY } })
  await secure.sendMail({ from: 'ada@example.org', to: address, subject: 'secret', text: 'over TLS' })
  await send({ from: 'bob@example.org', to: address, subject: 'open', text: 'in the open' })
  const { items } = (await agent.get('/conversations')).body
  expect(items.map(({ subject }: { subject: string }) => subject).toSorted()).toEqual(['open', 'secret'])
})

it('forgets commands that somebody slipped in before the handshake (CVE-2011-0411)', async () => {
  const socket = createConnection(smtpPort, '127.0.0.1')
  const answered = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      const look = (data: Buffer) => {
        if (!pattern.test(data.toString())) return
        socket.off('data', look)
        resolve()
      }
      socket.on('data', look)
    })
  await answered(/^220/)
  socket.write('EHLO x\r\n')
  await answered(/^250 /m)
  socket.write('STARTTLS\r\nMAIL FROM:<slipped@example.org>\r\n')
  await answered(/^220/)
  const secure = connect({ socket, ca: TEST_AUTHORITY, servername: 'localhost' })
  const lines: string[] = []
  secure.on('data', (data: Buffer) => lines.push(data.toString()))
  await new Promise((resolve) => secure.once('secureConnect', resolve))
  secure.write('NOOP\r\n')
  await expect.poll(() => lines.join('')).toMatch(/^250/)
  expect(lines.join('')).not.toMatch(/accepted.*\r\n250/is)
  expect(lines).toHaveLength(1)
  secure.destroy()
})

it("still brings the customer's answer from the local mailbox, which knows no certificate", async () => {
  const { agent, address } = await organization('mailbox')
  await send({ from: 'ada@example.org', to: address, subject: 'Hello', text: 'Hello' })
  const [conversation] = (await agent.get('/conversations')).body.items
  await agent.post(`/conversations/${conversation.id}/messages`, { text: 'Hi', answersMessageId: conversation.lastInboundMessageId })
  await messaging.settle()
  const [mail] = (await agent.get('/local-mailbox')).body.items
  await agent.post(`/local-mailbox/${mail.id}/answer`, { text: 'Thanks' })
  await messaging.settle()
  expect((await agent.get(`/conversations/${conversation.id}/messages`)).body.items).toHaveLength(3)
})

it.each<[string, Record<string, string>, RegExp]>([
  ['without files', {}, /SMTP_STARTTLS needs SMTP_TLS_CERT and SMTP_TLS_KEY/],
  ['with a file that is not there', { ...files, SMTP_TLS_CERT: join(folder, 'missing.pem') }, /SMTP_TLS_CERT/],
  ['with a key that does not fit', { ...files, SMTP_TLS_KEY: files.SMTP_TLS_CERT }, /SMTP_TLS_CERT and SMTP_TLS_KEY/],
])('does not start %s, and names the variable', async (_name, given, message) => {
  await expect(startService(service, { environment: { SMTP_PORT: '0', SMTP_STARTTLS: 'true', ...given } })).rejects.toThrow(message)
})

it('takes no mail without TLS where that is required, and starts with nothing less', async () => {
  const strict = await startMailFixture({ SMTP_STARTTLS: 'true', SMTP_STARTTLS_REQUIRED: 'true', ...files })
  const { agent, address } = await strict.organization('strict')
  const mail = { from: 'bob@example.org', to: address, subject: 'open', text: 'in the open' }
  await expect(strict.send(mail)).rejects.toMatchObject({ responseCode: 530 })
  const secure = createTransport({ host: '127.0.0.1', port: strict.smtpPort, requireTLS: true, tls: { ca: TEST_AUTHORITY } })
  await secure.sendMail({ ...mail, subject: 'secret' })
  expect((await agent.get('/conversations')).body.items.map(({ subject }: { subject: string }) => subject)).toEqual(['secret'])
  await expect(startService(service, { environment: { SMTP_PORT: '0', SMTP_STARTTLS_REQUIRED: 'true' } })).rejects.toThrow('SMTP_STARTTLS')
})
