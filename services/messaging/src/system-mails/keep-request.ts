import type { EventData, systemMailRequested } from '@ai-crm/contracts'
import type { Scope } from '../ctx.ts'
import { deliverSystemMail } from './delivery-job.ts'

/** Keeps what auth asked for, and plans the sending. */
export async function keepSystemMailRequest({ db, enqueue }: Scope, { data }: { data: EventData<typeof systemMailRequested> }): Promise<void> {
  await db
    .insertInto('systemMail')
    .values({
      id: data.mailId,
      toAddress: data.to,
      template: data.template,
      locale: data.locale,
      sealedParameters: Buffer.from(data.sealedParameters, 'base64'),
      expiresAt: new Date(data.expiresAt),
    })
    .execute()
  await enqueue(deliverSystemMail, { mailId: data.mailId }, { key: data.mailId })
}
