import { defineConfig, erasureVariables } from '@ai-crm/platform'
import { z } from 'zod'

export const config = defineConfig({
  ...erasureVariables,
  HAND_OVER_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe('How long another service may take for its part in handing a won deal over before all of it is undone.'),
})
