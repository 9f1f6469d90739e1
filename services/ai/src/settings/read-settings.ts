import type { Tone } from '@ai-crm/contracts'
import type { Ctx, Write } from '../ctx.ts'

export interface StoredSettings {
  organizationName: string
  locale: 'en' | 'ru'
  isAutoDraftOn: boolean
  tone: Tone
  instructions: string
}

/** What an organisation has before `organization.created` arrived here: the defaults of the table. */
const DEFAULTS: StoredSettings = { organizationName: '', locale: 'en', isAutoDraftOn: true, tone: 'neutral', instructions: '' }

export async function readSettings({ db }: Pick<Ctx, 'db'> | Pick<Write, 'db'>): Promise<StoredSettings> {
  const stored = await db.selectFrom('aiSettings').select(['organizationName', 'locale', 'isAutoDraftOn', 'tone', 'instructions']).executeTakeFirst()
  return stored ?? DEFAULTS
}
