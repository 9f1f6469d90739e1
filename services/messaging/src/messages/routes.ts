import { messagingEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { getAttachment } from './get-attachment.ts'
import { getMessageHtml } from './get-message-html.ts'
import { getRemoteImage } from './get-remote-image.ts'
import { getMessageSource } from './get-message-source.ts'
import { listMessages } from './list-messages.ts'

export const messageRoutes = [
  messaging.handle(messagingEndpoints.listMessages, async (ctx, { params, query }) => listMessages(ctx, params.conversationId, query)),
  messaging.handle(messagingEndpoints.getMessageHtml, async (ctx, { params, query }) => getMessageHtml(ctx, params.messageId, query.remoteImages)),
  messaging.handle(messagingEndpoints.getRemoteImage, async (ctx, { params }) => getRemoteImage(ctx, params.messageId, params.index)),
  messaging.handle(messagingEndpoints.getMessageSource, async (ctx, { params }) => getMessageSource(ctx, params.messageId)),
  messaging.handle(messagingEndpoints.getAttachment, async (ctx, { params }) => getAttachment(ctx, params.messageId, params.attachmentId)),
]
