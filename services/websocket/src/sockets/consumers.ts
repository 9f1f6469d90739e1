import { rightsRefreshed, sessionRevoked } from '@ai-crm/contracts'
import { websocket } from '../ctx.ts'
import { doorOf } from './door.ts'

export const sessionConsumers = [
  websocket.consume({
    name: 'websocket.close-revoked-sockets',
    event: sessionRevoked,
    async handle(scope, { data }) {
      scope.afterCommit(() => doorOf(scope.config)?.closeSession(data.sessionId))
    },
  }),
  websocket.consume({
    name: 'websocket.renew-changed-rights',
    event: rightsRefreshed,
    async handle(scope, { data }) {
      scope.afterCommit(() => doorOf(scope.config)?.renew(scope.organizationId, data.subject, data.subjectId))
    },
  }),
]
