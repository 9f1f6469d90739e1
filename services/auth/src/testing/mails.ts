import { SYSTEM_MAIL_KEY, systemMailBinding, systemMailRequested } from '@ai-crm/contracts'
import { unseal } from '@ai-crm/platform'
import type { TestService } from '@ai-crm/testing'

/** What the newest mail to an address was told, opened as messaging opens it. */
export async function mailTo(auth: TestService, organizationId: string, address: string): Promise<Record<string, string>> {
  const mail = (await auth.emitted(systemMailRequested, organizationId)).findLast(({ data }) => data.to === address)
  if (!mail) throw new Error(`No mail to ${address}.`)
  const { mailId, sealedParameters } = mail.data
  const text = unseal(auth.publicCtx().deriveKeys(SYSTEM_MAIL_KEY), systemMailBinding(organizationId, mailId), Buffer.from(sealedParameters, 'base64'))
  return JSON.parse(text)
}

/** The secret of a link, as the page reads it. */
export const tokenOf = (link: string | undefined): string => link?.split('#')[1] ?? 'no link'
