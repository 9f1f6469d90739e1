import { defineConfig, secret } from '@ai-crm/platform'
import { z } from 'zod'

export const config = defineConfig({
  DEMO_ORGANIZATION: z.stringbool().default(false)
    .describe('Make the organisation "Demo" with one owner at the start, if it is not there yet. The embedded server sets it.'),
  DEMO_EMAIL: z.email().default('owner@demo.example').describe('Whom the demo organisation belongs to.'),
  DEMO_PASSWORD: secret(z.string().min(8).max(200)).default('welcome-to-the-demo')
    .describe('How the owner of the demo organisation signs in; printed at the start. Change it wherever strangers can reach the server.'),
  SESSION_IDLE_DAYS: z.coerce.number().int().min(1).max(90).default(14).describe('A session that is not used for this long ends.'),
  SESSION_MAX_DAYS: z.coerce.number().int().min(1).max(365).default(60).describe('A session ends after this long, however much it is used.'),
})
