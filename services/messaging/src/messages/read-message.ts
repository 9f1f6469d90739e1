import type { Message } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import type { Db } from '../ctx.ts'
import { readAttachments, selectMessages, toMessage } from './message.ts'

/** Throws 404. */
export async function readMessage(db: Db, messageId: string): Promise<Message> {
  const row = await selectMessages(db).where('message.id', '=', messageId).executeTakeFirst()
  if (!row) throw notFound('message')
  return toMessage(row, await readAttachments(db, [row]))
}
