import type { LiveUpdate } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'

/** What consumers ask of the sockets, of all replicas. */
export interface Door {
  /** The update has its number now: show it. */
  push(organizationId: string, update: LiveUpdate): Promise<void>
  closeSession(sessionId: string): void
  /** The rights of a person, or of everybody with a custom role, have changed: their sockets come back with new tickets. */
  renew(organizationId: string, subject: 'member' | 'role', subjectId: string): void
}

/** A consumer has a context, but no socket server. The configuration object is one per running service and finds it. */
const doors = new WeakMap<Ctx['config'], Door>()
export const openDoor = (config: Ctx['config'], door: Door): void => void doors.set(config, door)
export const doorOf = (config: Ctx['config']): Door | undefined => doors.get(config)
