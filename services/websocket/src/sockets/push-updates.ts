import type { LiveUpdate } from '@ai-crm/contracts'
import type { PublicCtx } from '../ctx.ts'
import { readNewest } from '../updates/read-updates.ts'
import { trimLog } from '../updates/trim-log.ts'
import type { Door } from './door.ts'

/** Rows beside ours that another replica may have numbered meanwhile. */
const READ_AHEAD = 50

/**
 * Shows updates that have just been numbered, each once, in the order of their numbers. What is committed while a read
 * runs is taken together by the next one: one read of the organisation's newest rows, however many there are. What is
 * not among them (a burst beyond all measure) comes with the next tick.
 */
export function createPusher(ctx: PublicCtx, show: (organizationId: string, update: LiveUpdate) => void): Door['push'] {
  const waiting = new Map<string, Set<string>>()
  const running = new Map<string, Promise<void>>()

  const pushAll = async (organizationId: string): Promise<void> => {
    const reader = ctx.enter(organizationId, { type: 'system', id: null })
    try {
      for (let ids = waiting.get(organizationId); ids; ids = waiting.get(organizationId)) {
        waiting.delete(organizationId)
        const newest = await readNewest(reader, ids.size + READ_AHEAD)
        const updates = newest.filter(({ eventId }) => ids.has(eventId))
        for (const update of updates) show(organizationId, update)
        await trimLog(reader, updates)
      }
    } finally {
      // In the same step as the last look: whoever comes next starts anew.
      running.delete(organizationId)
    }
  }

  return (organizationId, eventId) => {
    const ids = waiting.get(organizationId)
    if (ids) ids.add(eventId)
    else waiting.set(organizationId, new Set([eventId]))
    const pushing = running.get(organizationId) ?? pushAll(organizationId)
    running.set(organizationId, pushing)
    return pushing
  }
}
