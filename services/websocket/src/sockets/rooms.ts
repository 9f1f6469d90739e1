import { readsEverything, scopeOf } from '@ai-crm/contracts'
import type { TicketHolder } from '../tickets/ticket.ts'

export const organizationRoom = (organizationId: string): string => `organization:${organizationId}`
/** Of those who may not read every record: they hear that something happened, not to what. */
export const veiledRoom = (organizationId: string): string => `organization:${organizationId}:veiled`
export const draftsRoom = (organizationId: string): string => `organization:${organizationId}:drafts`
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`
export const roleRoom = (organizationId: string, roleId: string): string => `role:${organizationId}:${roleId}`
export const userRoom = (organizationId: string, userId: string): string => `user:${organizationId}:${userId}`

/**
 * The rooms of a socket follow from its ticket alone: no message of a client names a room. The text of a draft in the making
 * goes to those only who may read every conversation.
 */
export function roomsOf({ organizationId, userId, customRoleId, sessionId, permissions, scopes }: TicketHolder): string[] {
  const updates = readsEverything(scopes) ? organizationRoom(organizationId) : veiledRoom(organizationId)
  const rooms = [updates, userRoom(organizationId, userId), sessionRoom(sessionId)]
  if (customRoleId !== null) rooms.push(roleRoom(organizationId, customRoleId))
  if (permissions.includes('ai.draft.read') && scopeOf(scopes, 'conversation', 'read') === 'all') rooms.push(draftsRoom(organizationId))
  return rooms
}
