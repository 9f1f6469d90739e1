import { SYSTEM_MAIL_KEY, SystemMailTemplate, systemMailBinding, type Locale } from '@ai-crm/contracts'
import { unseal } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { wordMail } from './wording/word-mail.ts'
import type { Wording } from './wording/wording.ts'

export interface SealedMail {
  readonly id: string
  readonly template: string
  readonly locale: Locale
  readonly sealedParameters: Buffer
}

/** What the mail says. Throws when it was sealed for another organisation or mail, or by another installation. */
export function openMail(ctx: Ctx, { id, template, locale, sealedParameters }: SealedMail): Wording {
  const text = unseal(ctx.deriveKeys(SYSTEM_MAIL_KEY), systemMailBinding(ctx.organizationId, id), sealedParameters)
  return wordMail(locale, SystemMailTemplate.parse(template), JSON.parse(text))
}
