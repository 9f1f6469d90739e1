import { ROLES, type Invitation } from '@ai-crm/contracts'
import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../tables.ts'
import { invitationOver } from './errors.ts'

export const VALID_DAYS = 7
export const endOfInvitation = (): Date => new Date(Date.now() + VALID_DAYS * 86_400_000)

export type InvitationRow = Selectable<Tables['invitation']>

export const stateOf = (row: Pick<InvitationRow, 'uses' | 'maxUses' | 'revokedAt' | 'expiresAt'>): Invitation['state'] => {
  if (row.uses >= row.maxUses) return 'accepted'
  if (row.revokedAt) return 'revoked'
  return row.expiresAt <= new Date() ? 'expired' : 'open'
}

/** Throws `invitationOver` (410) with the reason. */
export function requireOpen(row: InvitationRow): void {
  const state = stateOf(row)
  if (state !== 'open') throw invitationOver(state)
}

export const roleOf = (row: Pick<InvitationRow, 'role'>) => z.enum(ROLES).parse(row.role)

export const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  kind: row.kind,
  email: row.email,
  domain: row.domain,
  role: roleOf(row),
  state: stateOf(row),
  uses: row.uses,
  maxUses: row.maxUses,
  invitedBy: row.invitedBy,
  sentAt: row.sentAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})

/** Whether an address may use it. */
export const fits = ({ email, domain }: Pick<InvitationRow, 'email' | 'domain'>, address: string): boolean =>
  email === null ? domain === null || address.endsWith(`@${domain}`) : address === email

export const lockInvitation = (db: Kysely<Tables>, id: string): Promise<InvitationRow | undefined> =>
  db.selectFrom('invitation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
