import { z } from 'zod'
import { Instant } from '../core/page.ts'

const text = z.string().max(300)
const link = z.url({ protocol: /^https?$/ }).max(1000)
/** Who is addressed, as they call themselves. */
const name = text
const identityChanged = z.object({ name, at: Instant, provider: text, account: text, device: text.nullable(), link })

/**
 * The mails that the product itself writes, each with what it must be told. Links of `verify-email`, `reset-password`, `sign-in-by-sso`,
 * `email-changed`, `confirm-new-email`, `factor-reset-scheduled` and `invitation` carry secrets: parameters travel sealed, never in plain text.
 */
export const systemMailParameters = {
  'verify-email': z.object({ name, organizationName: text, link, expiresAt: Instant }),
  /** To somebody who already has an account and signed up, or was entered as a new address, once more. */
  'sign-up-with-existing-account': z.object({ link, resetLink: link }),
  'reset-password': z.object({ name, link, expiresAt: Instant }),
  /** Instead of `reset-password` where single sign-on is enforced: the password opens other organisations, or is an owner's way in. */
  'sign-in-by-sso': z.object({ name, link, resetLink: link, expiresAt: Instant }),
  'password-changed': z.object({ name, at: Instant, device: text.nullable(), link }),
  'confirm-new-email': z.object({ name, link, expiresAt: Instant }),
  /** To the old address; the link takes the change back. */
  'email-changed': z.object({ name, newEmail: text, link, expiresAt: Instant }),
  'session-reuse-detected': z.object({ name, at: Instant, device: text.nullable(), link }),
  'new-device-sign-in': z.object({ name, at: Instant, device: text, place: text.nullable(), link }),
  'factor-added': z.object({ name, at: Instant, factor: z.enum(['totp', 'passkey', 'recovery-codes']), device: text.nullable(), link }),
  'factor-removed': z.object({ name, at: Instant, factor: z.enum(['totp', 'passkey', 'recovery-codes']), device: text.nullable(), link }),
  /** Whoever signs in to `account` at `provider` gets into the account here; or not any more. */
  'identity-linked': identityChanged,
  'identity-unlinked': identityChanged,
  /** Somebody says that the person has lost all second factors; the link, while there is time, says that they have not. */
  'factor-reset-scheduled': z.object({ name, requestedBy: text, resetsAt: Instant, link }),
  'factors-reset': z.object({ name, at: Instant, link }),
  invitation: z.object({ organizationName: text, inviterName: text, roleName: text, link, expiresAt: Instant }),
  'organization-deletion-scheduled': z.object({ name, organizationName: text, requestedBy: text, deletesAt: Instant, link }),
  /** To every owner, and to whoever asked: somebody takes everything with them. `link` carries no authority. */
  'organization-export-requested': z.object({ name, organizationName: text, requestedBy: text, at: Instant, link }),
  'organization-export-ready': z.object({ name, organizationName: text, requestedBy: text, deletesAt: Instant, link }),
  /** What was begun by signing up or by founding a further organisation was taken back; `link` leads to beginning anew. */
  'organization-setup-failed': z.object({ name, organizationName: text, link }),
  /** The TXT record of a proven domain is gone; until `lapsesAt` it can be put back. */
  'domain-failing': z.object({ name, organizationName: text, domain: text, recordName: text, recordValue: text, lapsesAt: Instant, link }),
  'domain-lapsed': z.object({ name, organizationName: text, domain: text, link }),
  /** A task that is still open, at the time at which somebody wanted to be told. */
  'task-reminder': z.object({ name, organizationName: text, title: text, dueAt: Instant.nullable(), link }),
  /** Without a word of the note: only who may see the record may read it. */
  'note-mention': z.object({ name, organizationName: text, writtenBy: text, link }),
  /** At most one an hour; all that was found stands in the security log. `finding` is the scanner's name for it. */
  'malware-found': z.object({ name, organizationName: text, where: z.enum(['file', 'message', 'import']), finding: text, at: Instant, link }),
  /** A program gets at the data from now on. `what`: the name of the key, or the address of the webhook without its query. */
  'access-opened': z.object({
    name,
    organizationName: text,
    kind: z.enum(['api-key', 'webhook', 'webhook-address']),
    what: text,
    doneBy: text,
    at: Instant,
    link,
  }),
  /** `url` is without its query, which may hold a token. */
  'webhook-disabled': z.object({
    name,
    organizationName: text,
    url: text,
    reason: z.enum(['gone', 'failing']),
    failingSince: Instant.nullable(),
    link,
  }),
} as const

export const SystemMailTemplate = z.object(systemMailParameters).keyof()
export type SystemMailTemplate = z.infer<typeof SystemMailTemplate>
export type SystemMailParameters = { readonly [Template in SystemMailTemplate]: z.output<(typeof systemMailParameters)[Template]> }

/** Purpose of the key that seals parameters (`ctx.deriveKey`), the same for whoever asks and whoever sends. */
export const SYSTEM_MAIL_KEY = 'system-mail'
/** What a sealed text is bound to: it does not open in another organisation or for another mail. */
export const systemMailBinding = (organizationId: string, mailId: string): string => `${organizationId}:${mailId}`
