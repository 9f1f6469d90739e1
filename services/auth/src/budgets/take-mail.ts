import type { Ctx, Db } from '../ctx.ts'
import { countByAccount, identifierOf } from './count-attempt.ts'

const MAILS = 5
const WINDOW = '1 hour'
const LANE = Buffer.from('mail')

/** Whether one more mail may go to the address: nobody's mailbox is flooded through us, from however many networks. */
export async function takeMail(ctx: Pick<Ctx, 'deriveKey'>, db: Db, email: string): Promise<boolean> {
  const { attempts } = await countByAccount(db, identifierOf(ctx, 'mail', email), LANE, WINDOW)
  return attempts <= MAILS
}
