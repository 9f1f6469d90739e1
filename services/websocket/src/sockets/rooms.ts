import { ROLE_PERMISSIONS } from '@ai-crm/contracts'
import type { TicketHolder } from '../tickets/ticket.ts'

export const organizationRoom = (organizationId: string): string => `organization:${organizationId}`
export const draftsRoom = (organizationId: string): string => `organization:${organizationId}:drafts`
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`
export const userRoom = (organizationId: string, userId: string): string => `user:${organizationId}:${userId}`

/** The rooms of a socket follow from its ticket alone: no message of a client names a room. */
export function roomsOf({ organizationId, userId, sessionId, role }: TicketHolder): string[] {
  const rooms = [organizationRoom(organizationId), userRoom(organizationId, userId), sessionRoom(sessionId)]
  return ROLE_PERMISSIONS[role].has('ai.draft.read') ? [...rooms, draftsRoom(organizationId)] : rooms
}
