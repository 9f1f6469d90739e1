import { SYSTEM_MAIL_KEY, systemMailBinding, systemMailRequested, type SystemMailTemplate } from '@ai-crm/contracts'
import { unseal } from '@ai-crm/platform'
import { z } from 'zod'
import type { TestService } from './test-service.ts'

const Linked = z.looseObject({ link: z.string() })

export interface AskedSystemMail {
  readonly template: SystemMailTemplate
  readonly locale: string
  readonly parameters: z.infer<typeof Linked>
  /** What stands behind the `#` of its link. */
  readonly token: string
}

/** The mails that auth asked for to an address, oldest first, opened as messaging opens them. Lets work in flight finish first. */
export async function systemMailsTo(auth: TestService, email: string): Promise<readonly AskedSystemMail[]> {
  await auth.settle()
  const to = email.trim().toLowerCase()
  const requests = (await auth.emitted(systemMailRequested)).filter(({ data }) => data.to === to)
  return requests.map(({ organizationId, data }) => {
    const keys = auth.ctx(organizationId).deriveKeys(SYSTEM_MAIL_KEY)
    const text = unseal(keys, systemMailBinding(organizationId, data.mailId), Buffer.from(data.sealedParameters, 'base64'))
    const parameters = Linked.parse(JSON.parse(text))
    return { template: data.template, locale: data.locale, parameters, token: parameters.link.split('#')[1] ?? '' }
  })
}
