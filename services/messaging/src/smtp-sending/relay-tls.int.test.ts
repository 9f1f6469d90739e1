import { startFakeMailWorld, type MailWorldOptions } from '@ai-crm/testing/fakes/mail-world'
import { CERTIFICATE_OF_ANOTHER, SELF_SIGNED_CERTIFICATE, TEST_AUTHORITY, TEST_CERTIFICATE } from '@ai-crm/testing/fakes/test-certificates'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { startMailFixture } from '../testing/mail-fixture.ts'
import { relayOf, type RelayTls } from './relay.ts'
import { sendMail } from './send-mail.ts'

// What NODE_EXTRA_CA_CERTS does for an operator's own authority.
setDefaultCACertificates([...getCACertificates('default'), TEST_AUTHORITY])
const mail = { envelopeFrom: 'us@crm.localhost', to: 'ada@example.org', source: Buffer.from('Message-ID: <tls@x>\r\n\r\nHello\r\n') }

/** One transaction with a relay of this kind; what reached it, and whether anything did in the open. */
async function sendTo(tls: MailWorldOptions['tls'], relayTls: RelayTls) {
  const world = await startFakeMailWorld(tls ? { tls } : {})
  try {
    const relay = relayOf({ SMTP_RELAY_URL: world.url, SMTP_RELAY_TLS: undefined })
    if (!relay) throw new Error('The fake world has no URL.')
    const outcome = await sendMail({ ...relay, tls: relayTls }, mail, { timeoutMs: 5_000, signal: new AbortController().signal })
    return { outcome, arrived: world.mails.map(({ isEncrypted }) => isEncrypted), connections: world.connections() }
  } finally {
    await world.stop()
  }
}

const implicit = { mode: 'implicit', ...TEST_CERTIFICATE } as const
const starttls = { mode: 'starttls', ...TEST_CERTIFICATE } as const

it.each<[string, MailWorldOptions['tls'], RelayTls]>([
  ['TLS from the first byte', implicit, 'implicit'],
  ['STARTTLS that is required', starttls, 'required'],
  ['STARTTLS that is only offered', starttls, 'if-offered'],
])('sends over %s', async (_name, tls, relayTls) => {
  expect(await sendTo(tls, relayTls)).toMatchObject({ outcome: { kind: 'sent' }, arrived: [true] })
})

describe('sends nothing, says why and tries again later', () => {
  const unsafe = { outcome: { kind: 'deferred', isRelayFault: true, reason: expect.stringContaining('No secure connection') }, arrived: [], connections: 1 }

  it.each<[string, MailWorldOptions['tls'], RelayTls]>([
    ['with a relay that has no STARTTLS where it is required', undefined, 'required'],
    ['with a certificate for another name, implicit', { mode: 'implicit', ...CERTIFICATE_OF_ANOTHER }, 'implicit'],
    ['with a certificate for another name, STARTTLS', { mode: 'starttls', ...CERTIFICATE_OF_ANOTHER }, 'required'],
    ['with a certificate of no authority, implicit', { mode: 'implicit', ...SELF_SIGNED_CERTIFICATE }, 'implicit'],
    ['with a certificate of no authority, STARTTLS', { mode: 'starttls', ...SELF_SIGNED_CERTIFICATE }, 'required'],
    ['with a certificate of no authority where STARTTLS was only offered', { mode: 'starttls', ...SELF_SIGNED_CERTIFICATE }, 'if-offered'],
    ['with a relay that speaks no TLS where TLS comes first', undefined, 'implicit'],
  ])('%s', async (_name, tls, relayTls) => {
    expect(await sendTo(tls, relayTls)).toMatchObject(unsafe)
  })
})

it('shows on the message and on the channel why nothing leaves', async () => {
  const world = await startFakeMailWorld({ tls: { mode: 'starttls', ...SELF_SIGNED_CERTIFICATE } })
  const { messaging, organization, sendRaw } = await startMailFixture({ SMTP_RELAY_URL: world.url, SMTP_RELAY_TLS: 'required' })
  const { agent, address } = await organization('tls')
  await sendRaw(address, 'From: ada@example.org\r\nMessage-ID: <tls@example.org>\r\nSubject: Price?\r\n\r\nHow much?\r\n')
  const [conversation] = (await agent.get('/conversations')).body.items
  const path = `/conversations/${conversation.id}/messages`
  await agent.post(path, { text: '10 euro', answersMessageId: conversation.lastInboundMessageId })
  await messaging.settle()

  const newest = async () => (await agent.get(path)).body.items[0]
  expect(await newest()).toMatchObject({ state: 'queued', reason: expect.stringMatching(/No secure connection.*certificate/) })
  expect((await agent.get('/channels')).body.items).toMatchObject([
    { health: { status: 'failing', lastError: expect.stringContaining('No secure connection') } },
  ])
  expect(world.mails).toEqual([])
  await world.stop()
})
