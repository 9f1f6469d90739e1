import { aiSettingsUpdated, type AiSettings, type Tone } from '@ai-crm/contracts'
import { versionConflict } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { ensureSettings } from './ensure-settings.ts'
import { toSettings } from './settings.ts'

export interface SettingsChange {
  isAutoDraftOn?: boolean | undefined
  tone?: Tone | undefined
  instructions?: string | undefined
}

export async function updateSettings(ctx: Ctx, expectedVersion: number, change: SettingsChange): Promise<AiSettings> {
  return ctx.write(async ({ db, emit }) => {
    const before = await ensureSettings({ db })
    if (before.version !== expectedVersion) throw versionConflict('set of settings', before.version)

    const next = {
      isAutoDraftOn: change.isAutoDraftOn ?? before.isAutoDraftOn,
      tone: change.tone ?? before.tone,
      instructions: change.instructions ?? before.instructions,
    }
    const isSame = next.isAutoDraftOn === before.isAutoDraftOn && next.tone === before.tone && next.instructions === before.instructions
    if (isSame) return toSettings(before, ctx.config)

    const row = await db
      .updateTable('aiSettings')
      .set({ ...next, version: before.version + 1 })
      .returningAll()
      .executeTakeFirstOrThrow()
    await emit(aiSettingsUpdated({ settingsId: row.id, ...next }))
    return toSettings(row, ctx.config)
  })
}
