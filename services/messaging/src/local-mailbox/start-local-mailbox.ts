import type { Stoppable } from '@ai-crm/platform'
import { randomBytes } from 'node:crypto'
import { callbackify } from 'node:util'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import type { PublicCtx } from '../ctx.ts'
import { ByteBudget, collectData } from '../inbound/collect-data.ts'
import { listen } from '../inbound/listen.ts'
import { smtpAnswer, tryLater } from '../inbound/smtp-answer.ts'
import { relayOf } from '../smtp-sending/relay.ts'
import { rememberLocalMailbox } from './running-mailbox.ts'
import { storeLocalMail } from './store-local-mail.ts'

const HOST = '127.0.0.1'
const MAX_MESSAGE_BYTES = 30 * 1024 * 1024

/**
 * Stands in for the world while no relay is configured: a real SMTP server on a port of its own, with an account that
 * only this process knows, so that replies always leave through the same client.
 */
export async function startLocalMailbox(ctx: PublicCtx): Promise<Stoppable> {
  if (relayOf(ctx.config)) return { stop: async () => undefined }
  const credentials = { user: 'local-mailbox', password: randomBytes(24).toString('base64url') }
  const budget = new ByteBudget(4 * MAX_MESSAGE_BYTES)

  const server = new SMTPServer({
    name: 'local-mailbox',
    size: MAX_MESSAGE_BYTES,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    allowInsecureAuth: true,
    closeTimeout: 5_000,
    onAuth: ({ username, password }, _session, done) => {
      const isOurs = username === credentials.user && password === credentials.password
      done(isOurs ? null : smtpAnswer(550, '5.7.8 This mailbox is for the product itself'), isOurs ? { user: username } : undefined)
    },
    onData: callbackify(async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
      const data = await collectData(stream, budget)
      if (data.kind !== 'whole') throw tryLater()
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
      try {
        await storeLocalMail(
          ctx,
          from,
          session.envelope.rcptTo.map(({ address }) => address),
          data.source,
        )
        return 'Kept in the local mailbox'
      } catch (error) {
        ctx.log.error({ err: error }, 'the local mailbox could not keep a message')
        throw tryLater()
      } finally {
        data.release()
      }
    }),
  })
  server.on('error', (error) => ctx.log.info({ err: error }, 'a session with the local mailbox failed'))
  rememberLocalMailbox(ctx.config, { host: HOST, port: await listen(server, HOST, 0), tls: 'none', credentials })
  return { stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
