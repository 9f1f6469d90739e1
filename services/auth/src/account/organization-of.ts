import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx, PublicCtx } from '../ctx.ts'

/** The context in which a person's account changes: the organisation that they joined first, as themselves. */
export async function enterFor(publicCtx: PublicCtx, userId: string): Promise<Ctx & { readonly isMember: boolean }> {
  const { rows } = await sql<{ organizationId: string }>`select organization_id from auth.organizations_of_user(${userId}) limit 1`.execute(publicCtx.db)
  const organizationId = rows[0]?.organizationId
  return { ...publicCtx.enter(organizationId ?? uuidv7(), { type: 'user', id: userId }), isMember: organizationId !== undefined }
}
