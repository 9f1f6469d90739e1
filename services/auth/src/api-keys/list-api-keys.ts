import type { ApiKey } from '@ai-crm/contracts'
import type { Ctx, Db } from '../ctx.ts'
import { toApiKey } from './api-key.ts'

const LIMIT = 200

const keys = (db: Db) =>
  db
    .selectFrom('apiKey')
    .leftJoin('userAccount', 'userAccount.id', 'apiKey.createdBy')
    .select(['apiKey.id', 'apiKey.name', 'prefix', 'permissions', 'allowedNetworks', 'ratePerMinute', 'createdBy', 'userAccount.name as createdByName'])
    .select(['apiKey.createdAt', 'expiresAt', 'revokedAt', 'lastUsedAt'])

/** Newest first, ended ones too: what a key was is asked when it has leaked. */
export async function listApiKeys(ctx: Ctx): Promise<{ items: ApiKey[] }> {
  const rows = await keys(ctx.db).orderBy('apiKey.createdAt', 'desc').orderBy('apiKey.id', 'desc').limit(LIMIT).execute()
  return { items: rows.map(toApiKey) }
}

export const readApiKey = async (db: Db, keyId: string): Promise<ApiKey> => toApiKey(await keys(db).where('apiKey.id', '=', keyId).executeTakeFirstOrThrow())
