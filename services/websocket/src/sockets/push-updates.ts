import type { LiveUpdate } from '@ai-crm/contracts'
import type { PublicCtx } from '../ctx.ts'
import { trimLog } from '../updates/trim-log.ts'
import type { Door } from './door.ts'

/**
 * Shows an update that has just been numbered. Another replica may show a later one first: a client that sees the gap
 * asks for what is missing, and the tick tells of one that got lost.
 */
export function createPusher(ctx: PublicCtx, show: (organizationId: string, update: LiveUpdate) => void): Door['push'] {
  return (organizationId, update) => {
    show(organizationId, update)
    return trimLog(ctx.enter(organizationId, { type: 'system', id: null }), update)
  }
}
