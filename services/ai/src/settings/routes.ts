import { aiEndpoints } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'
import { getSettings } from './get-settings.ts'
import { updateSettings } from './update-settings.ts'

export const settingsRoutes = [
  ai.handle(aiEndpoints.getAiSettings, (ctx) => getSettings(ctx)),
  ai.handle(aiEndpoints.updateAiSettings, (ctx, { body }, http) => updateSettings(ctx, http.expectedVersion, body)),
]
