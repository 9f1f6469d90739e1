import { defineConfig, egressVariables, erasureVariables, secret } from '@ai-crm/platform'
import { z } from 'zod'
import { ssoVariables } from './sso/sso-variables.ts'

const emails = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((email) => email.trim().toLowerCase())
      .filter((email) => email !== ''),
  )
  .pipe(z.array(z.email()).max(50))

export const config = defineConfig({
  ...egressVariables,
  ...ssoVariables,
  DEMO_ORGANIZATION: z
    .stringbool()
    .default(false)
    .describe('Make the organisation "Demo" with one owner at the start, if it is not there yet. The embedded server sets it.'),
  DEMO_EMAIL: z.email().default('demo@crm.localhost').describe('Whom the demo organisation belongs to.'),
  DEMO_PASSWORD: secret(z.string().min(8).max(200))
    .optional()
    .describe('How the owner of the demo organisation signs in. The embedded server makes one, keeps it in DATA_DIR and prints it.'),
  PUBLIC_URL: z.url().default('http://localhost:3000').describe('Where people reach the web app: links in mails begin with it.'),
  OPERATOR_EMAILS: emails
    .prefault('')
    .describe(
      'Who runs this installation: addresses of accounts, separated by commas. They alone see and set its kill switches. The demo start names its owner.',
    ),
  SETUP_TIMEOUT_SECONDS: z.coerce
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe('How long another service may take for its part in founding an organisation before founding is undone.'),
  DELETION_GRACE_HOURS: z.coerce.number().min(0).max(2_160).default(336).describe('How long a deleted organisation can still be kept; 14 days unless told.'),
  FACTOR_RESET_HOURS: z.coerce
    .number()
    .min(0)
    .max(720)
    .default(24)
    .describe('How long somebody whose second factors an administrator takes away can refuse; a day unless told.'),
  EXPORT_KEEP_HOURS: z.coerce
    .number()
    .positive()
    .max(2_160)
    .default(168)
    .describe('How long the archive of an exported organisation can be downloaded; a week unless told.'),
  EXPORT_TIMEOUT_HOURS: z.coerce.number().positive().max(168).default(12).describe('An export that is not ready by then is given up.'),
  ...erasureVariables,
  SESSION_IDLE_DAYS: z.coerce.number().int().min(1).max(90).default(14).describe('A session that is not used for this long ends.'),
  SESSION_MAX_DAYS: z.coerce.number().int().min(1).max(365).default(60).describe('A session ends after this long, however much it is used.'),
})
