import { messagingEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { countConversations } from './count-conversations.ts'
import { getConversation } from './get-conversation.ts'
import { listConversations } from './list-conversations.ts'
import { markConversationRead } from './mark-conversation-read.ts'
import { updateConversation } from './update-conversation.ts'

export const conversationRoutes = [
  messaging.handle(messagingEndpoints.listConversations, async (ctx, { query }) => listConversations(ctx, query)),
  messaging.handle(messagingEndpoints.countConversations, async (ctx) => countConversations(ctx)),
  messaging.handle(messagingEndpoints.getConversation, async (ctx, { params }) => getConversation(ctx, params.conversationId)),
  messaging.handle(messagingEndpoints.updateConversation, async (ctx, { params, body }, http) =>
    updateConversation(ctx, params.conversationId, http.expectedVersion, body),
  ),
  messaging.handle(messagingEndpoints.markConversationRead, async (ctx, { params, body }) => markConversationRead(ctx, params.conversationId, body.isRead)),
]
