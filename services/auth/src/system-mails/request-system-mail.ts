import {
  SYSTEM_MAIL_KEY,
  systemMailBinding,
  systemMailParameters,
  systemMailRequested,
  type Locale,
  type SystemMailParameters,
  type SystemMailTemplate,
} from '@ai-crm/contracts'
import { seal } from '@ai-crm/platform'
import { v7 as uuidv7 } from 'uuid'
import type { Ctx, Scope } from '../ctx.ts'

/** A notice that nobody could be reached with for a day is no news any more. */
const KEEP_TRYING_MS = 24 * 3_600_000

export interface SystemMail<Template extends SystemMailTemplate> {
  readonly to: string
  readonly template: Template
  readonly locale: Locale
  readonly parameters: SystemMailParameters[Template]
}

/**
 * Asks for a mail of the product, in the caller's transaction: it is sent at least once if, and only if, that commits.
 * `ctx` is the context of the transaction; in a consumer both are its scope. A mail whose parameters have `expiresAt`
 * is not sent later than that.
 */
export async function requestSystemMail<Template extends SystemMailTemplate>(
  ctx: Pick<Ctx, 'organizationId' | 'deriveKey'>,
  { emit }: Pick<Scope, 'emit'>,
  { to, template, locale, parameters }: SystemMail<Template>,
): Promise<void> {
  const mailId = uuidv7()
  const text = JSON.stringify(systemMailParameters[template].parse(parameters))
  const sealed = seal(ctx.deriveKey(SYSTEM_MAIL_KEY), systemMailBinding(ctx.organizationId, mailId), text)
  const expiresAt = 'expiresAt' in parameters ? parameters.expiresAt : new Date(Date.now() + KEEP_TRYING_MS).toISOString()
  await emit(systemMailRequested({ mailId, to, template, locale, sealedParameters: sealed.toString('base64'), expiresAt }))
}
