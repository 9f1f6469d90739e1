import { messagingEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { cancelMessage } from './cancel-message.ts'
import { resolveMessage } from './resolve-message.ts'
import { sendReply } from './send-reply.ts'

export const deliveryRoutes = [
  messaging.handle(messagingEndpoints.sendReply, async (ctx, { params, body }) => sendReply(ctx, params.conversationId, body)),
  messaging.handle(messagingEndpoints.cancelMessage, async (ctx, { params }) => cancelMessage(ctx, params.messageId)),
  messaging.handle(messagingEndpoints.resolveMessage, async (ctx, { params, body }) => resolveMessage(ctx, params.messageId, body.decision)),
]
