import type { AiSettings } from '@ai-crm/contracts'
import type { Ctx } from '../ctx.ts'
import { ensureSettings } from './ensure-settings.ts'
import { toSettings } from './settings.ts'

export async function getSettings(ctx: Ctx): Promise<AiSettings> {
  const known = await ctx.db.selectFrom('aiSettings').selectAll().executeTakeFirst()
  return toSettings(known ?? (await ctx.write(ensureSettings)), ctx.config)
}
