import { conversationOpened, messageReceived } from '@ai-crm/contracts'
import { expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'

const { messaging, organization, send, sendRaw } = await startMailFixture()

it('stores a mail, opens a conversation and announces both', async () => {
  const { agent, address } = await organization('acme')
  await send({ from: 'Анна <Anna@Example.org>', to: address, subject: 'Вопрос о цене', text: 'Здравствуйте, сколько стоит доставка?' })

  const { body } = await agent.get('/conversations')
  expect(body.items).toMatchObject([
    {
      subject: 'Вопрос о цене',
      party: { address: 'anna@example.org', name: 'Анна' },
      status: 'open',
      isUnread: true,
      messageCount: 1,
      snippet: 'Здравствуйте, сколько стоит доставка?',
    },
  ])
  expect(await messaging.emitted(conversationOpened, agent.organizationId)).toHaveLength(1)
  expect(await messaging.emitted(messageReceived, agent.organizationId)).toMatchObject([
    { actor: { type: 'contact' }, data: { language: 'ru', isAutoReply: false, text: 'Здравствуйте, сколько стоит доставка?', flags: [] } },
  ])
})

it('stores a mail once however often and concurrently it is delivered', async () => {
  const { agent, address } = await organization('often')
  const source = `From: a@example.org\r\nTo: ${address}\r\nMessage-ID: <once@example.org>\r\nSubject: once\r\n\r\nHello\r\n`
  for (let time = 0; time < 3; time += 1) await sendRaw(address, source)
  await Promise.all(Array.from({ length: 5 }, () => sendRaw(address, source)))
  await Promise.all(Array.from({ length: 3 }, (_, hop) => sendRaw(address, `Received: from hop${hop}\r\n${source}`)))

  expect(await messaging.emitted(messageReceived, agent.organizationId)).toHaveLength(1)
  expect((await agent.get('/conversations')).body.items).toMatchObject([{ messageCount: 1 }])
})

it('stores mail without Message-ID once, and two mails that share a lying Message-ID both', async () => {
  const { agent, address } = await organization('liar')
  const bare = `From: a@example.org\r\nTo: ${address}\r\nDate: Mon, 23 Nov 2026 07:00:00 +0000\r\nSubject: bare\r\n\r\nHello\r\n`
  await Promise.all([sendRaw(address, bare), sendRaw(address, bare), sendRaw(address, `Received: x\r\n${bare}`)])
  const lying = (text: string): string => `From: form@example.org\r\nMessage-ID: <same@form>\r\nSubject: form\r\n\r\n${text}\r\n`
  await sendRaw(address, lying('first order'))
  await sendRaw(address, lying('second order'))

  const texts = (await messaging.emitted(messageReceived, agent.organizationId)).map(({ data }) => data.text)
  expect(texts.toSorted()).toEqual(['Hello', 'first order', 'second order'])
})

it('threads by In-Reply-To, then by References from the right, never by subject', async () => {
  const { agent, address } = await organization('threads')
  const mail = (id: string, head: string): string => `From: a@example.org\r\nMessage-ID: <${id}@x>\r\nSubject: same\r\n${head}\r\n${id}\r\n`
  await sendRaw(address, mail('one', ''))
  await sendRaw(address, mail('two', ''))
  await sendRaw(address, mail('three', 'In-Reply-To: <one@x>\r\nReferences: <two@x>\r\n'))
  await sendRaw(address, mail('four', 'References: <two@x> <three@x> <unknown@x>\r\n'))
  await sendRaw(address, mail('five', 'In-Reply-To: <unknown@x>\r\nReferences: <one@x>\r\n <two@x>\r\n'))

  const { body } = await agent.get('/conversations')
  const texts = await Promise.all(
    body.items.map(async ({ id }: { id: string }) =>
      (await agent.get(`/conversations/${id}/messages`)).body.items.map(({ text }: { text: string }) => text).join(),
    ),
  )
  expect(texts.toSorted()).toEqual(['five,two', 'four,three,one'])
})

it('refuses unknown recipients, takes plus addresses, and stores a mail to two organisations in each', async () => {
  const [ours, theirs] = [await organization('one-org'), await organization('two-org')]
  await expect(sendRaw('nobody@crm.localhost', 'Subject: x\r\n\r\nx')).rejects.toMatchObject({ responseCode: 550 })
  await sendRaw(['one-org+sales@crm.localhost', theirs.address], 'From: a@b.org\r\nMessage-ID: <both@x>\r\nSubject: both\r\n\r\nboth')

  for (const { agent } of [ours, theirs]) expect((await agent.get('/conversations')).body.items).toMatchObject([{ subject: 'both', messageCount: 1 }])
})

it('keeps what cannot be parsed, raw and flagged, and refuses more than 30 MB', async () => {
  const { agent, address } = await organization('broken')
  const nested = Array.from({ length: 5_000 }, (_, depth) => `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n`).join('')
  const bomb = `From: bomb@example.org\r\nMessage-ID: <bomb@x>\r\nSubject: bomb\r\n${nested}`
  await sendRaw(address, bomb)
  const headers = Array.from({ length: 100_000 }, (_, index) => `X-H-${index}: value\r\n`).join('')
  await sendRaw(address, `From: heads@example.org\r\nMessage-ID: <heads@x>\r\nSubject: heads\r\n${headers}\r\nbody`)
  await sendRaw(address, Buffer.from([0, 1, 2, 255, 254, 13, 10, 13, 10, 0]))
  await expect(sendRaw(address, Buffer.alloc(31 * 1024 * 1024, 'x\r\n'))).rejects.toMatchObject({ responseCode: 552 })

  const { body } = await agent.get('/conversations')
  expect(body.items.map(({ subject }: { subject: string }) => subject).toSorted()).toEqual(['', 'bomb', 'heads'])
  const bombed = body.items.find(({ subject }: { subject: string }) => subject === 'bomb')
  const [message] = (await agent.get(`/conversations/${bombed.id}/messages`)).body.items
  expect(message.flags).toContain('too-many-parts')
  expect((await agent.get(`/messages/${message.id}/source`)).raw.toString()).toBe(bomb)
})
