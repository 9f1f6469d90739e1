import { defineConfig, erasureVariables, egressVariables, scannerVariables, secret } from '@ai-crm/platform'
import { z } from 'zod'

const flag = z.stringbool()

export const config = defineConfig({
  ...erasureVariables,
  ...egressVariables,
  ...scannerVariables,
  MAIL_DOMAIN: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9.-]+$/)
    .default('crm.localhost')
    .describe('Mail for <organisation>@<this domain> is accepted; replies come from there.'),
  SMTP_HOST: z.string().default('127.0.0.1').describe('Address on which mail is accepted. 0.0.0.0 opens it to the network.'),
  SMTP_PORT: z.coerce.number().int().min(0).max(65_535).default(2525).describe('Port on which mail is accepted; 0 picks a free one.'),
  SMTP_MAX_SESSIONS: z.coerce.number().int().positive().default(50).describe('SMTP sessions at once; one more is asked to come later.'),
  SMTP_STARTTLS: flag.default(false).describe('Offer STARTTLS, with SMTP_TLS_CERT and SMTP_TLS_KEY.'),
  SMTP_STARTTLS_REQUIRED: flag
    .default(false)
    .describe('Take mail over TLS only: behind a relay of your own. Servers of strangers may come without (RFC 3207, 4), and their mail is then refused.'),
  SMTP_TLS_CERT: z.string().optional().describe('File with the certificate chain (PEM) for STARTTLS.'),
  SMTP_TLS_KEY: secret(z.string().optional()).describe('File with the private key (PEM) for STARTTLS.'),
  SMTP_RELAY_URL: secret(z.url({ protocol: /^smtps?$/ }).optional()).describe(
    'Relay for replies, smtp://user:password@host:587. Without it they go to the mailbox inside the product.',
  ),
  SYSTEM_MAIL_FROM: z.email().optional().describe('Sender of the mails of the system (verification, resets, notices); no-reply@MAIL_DOMAIN unless told.'),
  SMTP_RELAY_TLS: z
    .enum(['required', 'if-offered'])
    .optional()
    .describe(
      'Whether a relay of smtp:// must speak STARTTLS: `required` unless it is on this machine. Its certificate is checked either way (NODE_EXTRA_CA_CERTS names an authority of your own).',
    ),
  SEND_UNDO_SECONDS: z.coerce.number().int().min(0).max(600).default(5).describe('How long a reply can be taken back before it leaves.'),
  SEND_TIMEOUT_MS: z.coerce.number().int().min(1_000).max(300_000).default(60_000).describe('Longest SMTP transaction with the relay, as a whole.'),
  SEND_MAX_ATTEMPTS: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(18)
    .describe('Attempts after which a deferred reply counts as failed (18 take about a day).'),
  SEND_RETRY_SECONDS: z.coerce.number().int().min(1).default(300).describe('Wait before the second attempt; each further wait is 1.3 times longer.'),
})
