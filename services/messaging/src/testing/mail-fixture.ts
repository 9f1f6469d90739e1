import { authSagaRequested } from '@ai-crm/contracts'
import { startService, type Agent, type TestService, type TestServiceOptions } from '@ai-crm/testing'
import { createTransport } from 'nodemailer'
import type Mail from 'nodemailer/lib/mailer'
import type { Ctx } from '../ctx.ts'
import { smtpPortOf } from '../inbound/listening.ts'
import service from '../service.ts'

export interface MailFixture {
  readonly messaging: TestService
  readonly smtpPort: number
  /** To call commands and jobs directly. */
  ctx(organizationId: string): Ctx
  /** An organisation with its mailbox `<slug>@crm.localhost`, and its owner. */
  organization(slug: string): Promise<{ agent: Agent; address: string }>
  /** By real SMTP, as a mail program sends. Rejects with the server's answer. */
  send(mail: Mail.Options): Promise<{ response: string }>
  /** Exact bytes; the envelope beside them. */
  sendRaw(to: string | string[], source: string | Buffer, from?: string): Promise<{ response: string }>
}

/** The service as in production, taking mail on a port of its own. */
export async function startMailFixture(environment: Record<string, string> = {}, options: TestServiceOptions = {}): Promise<MailFixture> {
  const messaging = await startService(service, { ...options, environment: { SMTP_PORT: '0', SEND_UNDO_SECONDS: '0', ...environment } })
  const smtpPort = smtpPortOf(messaging.publicCtx().config) ?? 0
  const send = async (mail: Mail.Options): Promise<{ response: string }> => {
    const transport = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
    return transport.sendMail(mail)
  }
  return {
    messaging,
    smtpPort,
    // startService serves any service: its tables and configuration are erased there and known here.
    ctx: (organizationId) => messaging.ctx(organizationId) as unknown as Ctx,
    async organization(slug) {
      const agent = await messaging.signIn()
      const { organizationId } = agent
      const input = { name: `Organisation ${slug}`, slug, locale: 'ru' }
      await messaging.deliver(authSagaRequested({ sagaId: crypto.randomUUID(), step: 'messaging.open-channel', action: 'do', input }), { organizationId })
      return { agent, address: `${slug}@crm.localhost` }
    },
    send,
    sendRaw: (to, source, from = 'customer@example.org') => send({ envelope: { from, to }, raw: source }),
  }
}
