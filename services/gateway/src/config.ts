import { defineConfig } from '@ai-crm/platform'
import { z } from 'zod'

const perMinute = (fallback: number) => z.coerce.number().int().positive().default(fallback)

const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .pipe(z.array(z.url()))
  .default([])

export const config = defineConfig({
  RATE_LIMIT_ADDRESS_PER_MINUTE: perMinute(600).describe('Cost units that one network address may use per minute before it is signed in; signing in costs 10.'),
  RATE_LIMIT_USER_PER_MINUTE: perMinute(3_000).describe('Cost units that one person may use per minute; a plain read costs 1.'),
  RATE_LIMIT_ORGANIZATION_PER_MINUTE: perMinute(30_000).describe('Cost units that all people of an organisation may use per minute together.'),
  RATE_LIMIT_COSTLY_PER_MINUTE: perMinute(600).describe(
    'Cost units of costly operations (10 units or more each: drafts by the AI, exports) that one person may use per minute.',
  ),
  RATE_LIMIT_SIGNED_IN_ADDRESS_PER_MINUTE: perMinute(30_000).describe(
    'Cost units that all signed-in people behind one network address may use per minute together.',
  ),
  RATE_LIMIT_SIGN_IN_PER_15_MINUTES: perMinute(20).describe('Attempts to sign in with one e-mail address from one network address per quarter of an hour.'),
  CORS_ORIGINS: origins.describe('Origins of other web pages that may call the API, separated by commas; none unless told.'),
  WEB_ROOT: z.string().optional().describe('Folder of the built web app; apps/web/dist unless told.'),
})
