import { z } from 'zod'
import { SystemMailTemplate } from '../auth/system-mail.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { Instant, PageQuery, pageOf } from '../core/page.ts'

/** A mail of the product itself, as an administrator sees it: where it is on its way, never what its links were. */
export const SystemMail = z.object({
  id: z.uuid(),
  to: z.string(),
  template: SystemMailTemplate,
  state: z.enum(['queued', 'sent', 'failed', 'expired']),
  attempts: z.number().int(),
  /** Why it waits, failed or was not sent any more. */
  reason: z.string().nullable(),
  createdAt: Instant,
  sentAt: Instant.nullable(),
})
export type SystemMail = z.infer<typeof SystemMail>

export const systemMailEndpoints = defineEndpoints('messaging', {
  /** `console`: no relay is configured; links that people need before they can sign in stand in the log of the server. */
  getSystemMailTransport: {
    method: 'GET',
    path: '/system-mails/transport',
    summary: 'Where the mails of the system go',
    access: 'public',
    idempotency: 'safe',
    response: z.object({ transport: z.enum(['relay', 'console']) }),
    status: 200,
  },
  listSystemMails: {
    method: 'GET',
    path: '/system-mails',
    summary: 'Mails that the system sent for this organisation, newest first',
    access: 'messaging.channel.manage',
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(SystemMail),
    status: 200,
  },
})
