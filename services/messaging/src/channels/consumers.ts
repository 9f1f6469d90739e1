import { organizationCreated } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { openChannel } from './open-channel.ts'

export const channelConsumers = [messaging.consume({ name: 'messaging.open-channel', event: organizationCreated, handle: openChannel })]
