import { defineConfig, erasureVariables, scannerVariables } from '@ai-crm/platform'
import { z } from 'zod'

export const config = defineConfig({
  ...erasureVariables,
  ...scannerVariables,
  TRASH_DAYS: z.coerce.number().int().min(1).max(3650).default(30).describe('For how many days deleted contacts, companies and deals can be restored.'),
})
