import type { Ctx } from '../ctx.ts'
import type { SendOutcome } from '../smtp-sending/send-outcome.ts'
import { composeSystemMail, type SystemMailSource } from './compose-system-mail.ts'
import { renderText } from './render-text.ts'
import { withoutSecretLink } from './wording/word-mail.ts'

/**
 * No relay is configured: the mail stays here. A link that proves somebody's identity goes to the log of the server,
 * whose reader owns the installation anyway; never to the local mailbox, which colleagues can read.
 */
export async function keepWithoutRelay(ctx: Ctx, mail: SystemMailSource): Promise<SendOutcome> {
  const { action } = mail.words
  if (action?.isSecret) ctx.log.warn({ url: action.link }, `No mail relay is configured. For ${mail.to}: "${mail.words.subject}", open the link yourself`)
  const shown = { ...mail, words: withoutSecretLink(mail.locale, mail.words) }
  const source = await composeSystemMail(shown)
  await ctx.write(async ({ db }) => {
    // Before the organisation exists there is no mailbox that anybody could look into.
    const channel = await db.selectFrom('channel').select('id').limit(1).executeTakeFirst()
    if (!channel) return
    await db
      .insertInto('localMail')
      .values({
        fromAddress: mail.from,
        toAddresses: [mail.to],
        subject: shown.words.subject,
        text: renderText(shown.words),
        rfcMessageId: mail.rfcMessageId,
        source,
      })
      .execute()
  })
  return { kind: 'sent', response: 'Kept in the local mailbox: no relay is configured' }
}
