import { messagingEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { answerLocalMail } from './answer-local-mail.ts'
import { listLocalMail } from './list-local-mail.ts'

export const localMailboxRoutes = [
  messaging.handle(messagingEndpoints.listLocalMail, async (ctx, { query }) => listLocalMail(ctx, query)),
  messaging.handle(messagingEndpoints.answerLocalMail, async (ctx, { params, body }) => answerLocalMail(ctx, params.localMailId, body.text)),
]
