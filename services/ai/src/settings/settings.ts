import type { AiSettings } from '@ai-crm/contracts'
import type { Selectable } from 'kysely'
import type { Config } from '../ctx.ts'
import { drafterLabel } from '../drafts/choose-drafter.ts'
import type { Tables } from '../tables.ts'

export function toSettings(row: Selectable<Tables['aiSettings']>, config: Config): AiSettings {
  const { isAutoDraftOn, tone, instructions, version } = row
  return { isAutoDraftOn, tone, instructions, version, ...drafterLabel(config) }
}
