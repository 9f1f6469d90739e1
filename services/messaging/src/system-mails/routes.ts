import { systemMailEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { relayOf } from '../smtp-sending/relay.ts'
import { listSystemMails } from './list-system-mails.ts'

export const systemMailRoutes = [
  messaging.handle(systemMailEndpoints.getSystemMailTransport, async ({ config }) => ({
    transport: relayOf(config) ? ('relay' as const) : ('console' as const),
  })),
  messaging.handle(systemMailEndpoints.listSystemMails, async (ctx, { query }) => listSystemMails(ctx, query)),
]
