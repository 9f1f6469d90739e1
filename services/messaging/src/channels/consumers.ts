import { authSagaRequested, messagingSagaAnswered } from '@ai-crm/contracts'
import { messaging } from '../ctx.ts'
import { closeChannel, openChannel } from './open-channel.ts'

/** Messaging's part when an organisation is founded. */
const followFounding = messaging.takePart({
  name: 'messaging.take-part',
  requested: authSagaRequested,
  answered: messagingSagaAnswered,
  parts: { 'messaging.open-channel': { do: openChannel, undo: closeChannel } },
})

export const channelConsumers = [followFounding]
