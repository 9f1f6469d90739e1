import type { TicketHolder } from '../tickets/ticket.ts'

export const organizationRoom = (organizationId: string): string => `organization:${organizationId}`
export const draftsRoom = (organizationId: string): string => `organization:${organizationId}:drafts`
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`
export const roleRoom = (organizationId: string, roleId: string): string => `role:${organizationId}:${roleId}`
export const userRoom = (organizationId: string, userId: string): string => `user:${organizationId}:${userId}`

/** The rooms of a socket follow from its ticket alone: no message of a client names a room. */
export function roomsOf({ organizationId, userId, customRoleId, sessionId, permissions }: TicketHolder): string[] {
  const rooms = [organizationRoom(organizationId), userRoom(organizationId, userId), sessionRoom(sessionId)]
  if (customRoleId !== null) rooms.push(roleRoom(organizationId, customRoleId))
  if (permissions.includes('ai.draft.read')) rooms.push(draftsRoom(organizationId))
  return rooms
}
