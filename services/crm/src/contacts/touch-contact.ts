import type { Db } from '../ctx.ts'

/** Remembers the newest activity. Not a change of the contact: its version stays, no event follows. */
export async function touchContact(db: Db, contactId: string, at: string): Promise<void> {
  await db.updateTable('contact').set({ lastActivityAt: at }).where('id', '=', contactId).where('lastActivityAt', '<', new Date(at)).execute()
}
