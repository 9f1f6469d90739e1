import { allEvents, apiKeyRevoked, rightsRefreshed, sessionRevoked, systemMailRequested } from '@ai-crm/contracts'
import { withSpan } from '@ai-crm/platform'
import { websocket } from '../ctx.ts'
import { doorOf } from '../sockets/door.ts'
import { numberUpdate } from './number-update.ts'

/** Somebody's session, keys, tokens and mail are nobody else's business; the rest is what an organisation sees of itself. */
const PRIVATE: ReadonlySet<string> = new Set([apiKeyRevoked.type, rightsRefreshed.type, sessionRevoked.type, systemMailRequested.type])
/** What services ask of each other is nothing that anybody looks at. */
const isAmongServices = (type: string): boolean => /-saga\.(?:requested|answered)$/.test(type)
const visibleEvents = allEvents.filter(({ type }) => !PRIVATE.has(type) && !isAmongServices(type))

/** One consumer for all of them: what happened to one thing keeps its order across event types. */
export const updateConsumers = visibleEvents.map((event) =>
  websocket.consume({
    name: 'websocket.number-update',
    event,
    async handle(scope, envelope) {
      numberUpdate(scope, envelope, (update) => {
        void withSpan(
          'push live update',
          { 'messaging.message.id': envelope.id },
          async () => doorOf(scope.config)?.push(scope.organizationId, update),
          'producer',
        )
      })
    },
  }),
)
