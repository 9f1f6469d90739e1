import { messagingEndpoints } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { listChannels } from './list-channels.ts'
import { updateChannel } from './update-channel.ts'

export const channelRoutes = [
  messaging.handle(messagingEndpoints.listChannels, async (ctx) => listChannels(ctx)),
  messaging.handle(messagingEndpoints.updateChannel, async (ctx, { params, body }, http) => updateChannel(ctx, params.channelId, http.expectedVersion, body)),
]
