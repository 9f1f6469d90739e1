import { secret } from '@ai-crm/platform'
import { z } from 'zod'

const id = z.string().min(1).max(300).optional()

/** Part of the configuration of the service. A provider without its two variables is not offered, and nothing speaks of it. */
export const ssoVariables = {
  GOOGLE_CLIENT_ID: id.describe('OAuth client of this installation at Google: then people can sign in with Google.'),
  GOOGLE_CLIENT_SECRET: secret(z.string().min(1).optional()).describe('Its secret.'),
  GOOGLE_ISSUER: z.url().default('https://accounts.google.com').describe('Who signs for Google; another one only where a proxy stands in for it.'),
  MICROSOFT_CLIENT_ID: id.describe('Application of this installation at Microsoft Entra: then people can sign in with Microsoft.'),
  MICROSOFT_CLIENT_SECRET: secret(z.string().min(1).optional()).describe('Its secret.'),
  MICROSOFT_ISSUER: z
    .url()
    .default('https://login.microsoftonline.com/common/v2.0')
    .describe('Whose accounts of Microsoft may sign in: `common` for all, `organizations` for work accounts, or the id of one tenant in its place.'),
  DOMAIN_GRACE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(90)
    .default(7)
    .describe('How long the record of a proven domain may be missing before the domain has to be proven anew.'),
  DNS_SERVERS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .describe('Name servers (address, or address:port; commas between) that domains are proven by; those of the machine unless told.'),
}
