import { messageReceived } from '@ai-crm/contracts'
import { createConnection } from 'node:net'
import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'

const { messaging, organization, sendRaw, smtpPort } = await startMailFixture({ SMTP_MAX_SESSIONS: '3' })
const mail = (id: string): string => `From: a@example.org\r\nMessage-ID: <${id}@x>\r\nSubject: s\r\n\r\n${id}\r\n`

it('asks the sender to come again while the database cannot store, and stores the mail once when it can', async () => {
  const { agent, address } = await organization('away')
  await messaging.database.asAdmin('revoke execute on function messaging.find_inbound_address(text) from messaging_app')
  await expect(sendRaw(address, mail('one'))).rejects.toMatchObject({ responseCode: 451 })
  await messaging.database.asAdmin('grant execute on function messaging.find_inbound_address(text) to messaging_app')

  await messaging.database.asAdmin('revoke insert on messaging.raw_message from messaging_app')
  await expect(sendRaw(address, mail('one'))).rejects.toMatchObject({ responseCode: 451 })
  expect((await agent.get('/conversations?folder=all')).body.items).toEqual([])
  await messaging.database.asAdmin('grant insert on messaging.raw_message to messaging_app')

  await sendRaw(address, mail('one'))
  expect(await messaging.emitted(messageReceived, agent.organizationId)).toHaveLength(1)
})

it('stores nothing of a mail whose sender goes away in the middle, and the whole when it comes again', async () => {
  const { agent, address } = await organization('cut')
  const lines = ['EHLO x', 'MAIL FROM:<a@example.org>', `RCPT TO:<${address}>`, 'DATA', mail('cut').replace('cut\r\n', 'only the first half')]
  await new Promise<void>((resolve) => {
    const socket = createConnection(smtpPort, '127.0.0.1').once('close', () => resolve())
    socket.on('data', () => {
      const line = lines.shift()
      if (line) socket.write(`${line}\r\n`, () => lines.length === 0 && setTimeout(() => socket.destroy(), 100))
    })
  })
  expect((await agent.get('/conversations')).body.items).toEqual([])
  await sendRaw(address, mail('cut'))
  expect((await agent.get('/conversations')).body.items).toMatchObject([{ snippet: 'cut' }])
})

it('asks one session more than it serves to come later', async () => {
  const sockets = await Promise.all(
    Array.from(
      { length: 3 },
      () =>
        new Promise<ReturnType<typeof createConnection>>((resolve) => {
          const socket = createConnection(smtpPort, '127.0.0.1')
          socket.once('data', () => resolve(socket))
        }),
    ),
  )
  await expect(sendRaw('x@crm.localhost', mail('busy'))).rejects.toMatchObject({ responseCode: 421 })
  for (const socket of sockets) socket.destroy()
})

it('stores a mail whose texts are cut in the middle of a character, whole in its source', async () => {
  const { agent, address } = await organization('halves')
  // One letter first: an even limit falls into the middle of a pair.
  const fires = `a${'🔥'.repeat(15_000)}`
  const encoded = (text: string) => Buffer.from(text).toString('base64')
  const subject = `=?utf-8?B?${encoded(`a${'🔥'.repeat(700)}`)}?=`
  const body = encoded(fires).replaceAll(/.{76}/g, '$&\r\n')
  const head = `From: =?utf-8?B?${encoded(`a${'🔥'.repeat(200)}`)}?= <fire@example.org>\r\nMessage-ID: <fires@x>\r\nSubject: ${subject}\r\n`
  await sendRaw(address, `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${body}\r\n`)
  const [told] = await messaging.emitted(messageReceived, agent.organizationId)
  expect([told?.data.text.length, told?.data.text.isWellFormed()]).toEqual([20_000, true])
  const [{ id }] = (await agent.get('/conversations')).body.items
  expect((await agent.get(`/conversations/${id}/messages`)).body.items).toMatchObject([{ text: fires }])
})
