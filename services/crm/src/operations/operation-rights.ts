import { FieldRules, isPermission, RecordScopes } from '@ai-crm/contracts'
import type { PersonalRights } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'

/** As they stand beside an operation. */
const StoredRights = z.object({ userId: z.uuid(), role: z.string().default(''), permissions: z.array(z.string()), scopes: RecordScopes, fields: FieldRules })

/** What whoever starts an operation may do, for the job that goes on with it: it has none of its own, and does no more than they could. */
export function storedRights({ rights, actor }: Pick<Ctx, 'rights' | 'actor'>): Record<string, unknown> | null {
  if (!rights) return null
  const { userId, role, permissions, scopes, fields } = rights
  // A key ends by itself, whatever its maker may do.
  return { userId, role, permissions: [...permissions], scopes, fields, ...(actor.type === 'api-key' ? { keyId: actor.id } : {}) }
}

/** The context of a job with the rights of whoever asked for it. */
export function askedBy(ctx: Ctx, stored: Record<string, unknown> | null): Ctx {
  if (stored === null) return ctx
  const { permissions, ...others } = StoredRights.parse(stored)
  const rights: PersonalRights = { ...others, proof: null, permissions: new Set(permissions.filter(isPermission)) }
  return { ...ctx, rights }
}
