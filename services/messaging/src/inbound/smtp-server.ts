import type { RunningExtension } from '@ai-crm/platform'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { findInboundChannel, type InboundChannel } from '../channels/find-inbound-channel.ts'
import type { PublicCtx } from '../ctx.ts'
import { ByteBudget, collectData } from './collect-data.ts'
import { listen } from './listen.ts'
import { rememberSmtpPort } from './listening.ts'
import { receiveMail } from './receive-mail.ts'
import { smtpAnswer, tryLater } from './smtp-answer.ts'
import { tlsOptions } from './tls-options.ts'

const MAX_MESSAGE_BYTES = 30 * 1024 * 1024
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024

/** Takes mail for our addresses. 250 is said after COMMIT only: until then the sender keeps the mail and comes again. */
export async function startSmtpServer(ctx: PublicCtx): Promise<RunningExtension> {
  const { config, log } = ctx
  const known = new WeakMap<SMTPServerSession, Map<string, InboundChannel>>()
  const budget = new ByteBudget(MAX_BUFFERED_BYTES)

  const server = new SMTPServer({
    ...(await tlsOptions(config)),
    name: config.MAIL_DOMAIN,
    banner: 'AI CRM',
    size: MAX_MESSAGE_BYTES,
    maxClients: config.SMTP_MAX_SESSIONS,
    maxRecipients: 100,
    disableReverseLookup: true,
    authOptional: true,
    closeTimeout: 10_000,
    onMailFrom: callbackify(async (_sender: SMTPServerAddress, { secure }: SMTPServerSession) => {
      if (config.SMTP_STARTTLS_REQUIRED && !secure) throw smtpAnswer(530, '5.7.0 Must issue a STARTTLS command first')
    }),
    onRcptTo: callbackify(async ({ address }: SMTPServerAddress, session: SMTPServerSession) => {
      const channel = await lookUp(ctx, address)
      known.set(session, (known.get(session) ?? new Map<string, InboundChannel>()).set(address, channel))
    }),
    onData: callbackify(async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
      const addresses = session.envelope.rcptTo.map(({ address }) => address)
      const channels = addresses.flatMap((address) => known.get(session)?.get(address) ?? [])
      const envelopeFrom = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      return takeData(ctx, stream, budget, { envelopeFrom, envelopeTo: addresses, channels })
    }),
  })
  server.on('error', (error) => log.info({ err: error }, 'an SMTP session failed'))

  const port = await listen(server, config.SMTP_HOST, config.SMTP_PORT)
  rememberSmtpPort(config, port)
  log.info({ port, host: config.SMTP_HOST, domain: config.MAIL_DOMAIN }, 'taking mail')
  return { listensOn: { smtp: port }, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}

/** Throws what RCPT TO is answered with: 550 for an address that is not ours, 451 while nobody can tell. */
async function lookUp(ctx: PublicCtx, address: string): Promise<InboundChannel> {
  const channel = await findInboundChannel(ctx, address).catch((error: unknown) => {
    ctx.log.warn({ err: error }, 'an inbound address could not be looked up')
    throw tryLater()
  })
  if (!channel) throw smtpAnswer(550, '5.1.1 Nobody here has this address')
  return channel
}

/** Resolves with the text of 250, throws what the sender hears instead. */
async function takeData(
  ctx: PublicCtx,
  stream: SMTPServerDataStream,
  budget: ByteBudget,
  envelope: { envelopeFrom: string; envelopeTo: readonly string[]; channels: readonly InboundChannel[] },
): Promise<string> {
  const data = await collectData(stream, budget)
  if (data.kind === 'too-large') throw smtpAnswer(552, '5.3.4 The message is larger than 30 MB')
  if (data.kind === 'no-room') throw tryLater()
  try {
    await receiveMail(ctx, { source: data.source, ...envelope })
    return 'Stored'
  } catch (error) {
    ctx.log.error({ err: error }, 'a mail could not be stored; its sender will try again')
    throw tryLater()
  } finally {
    data.release()
  }
}
