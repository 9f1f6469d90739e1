import type { Scope } from '../ctx.ts'

/** Remembers the newest activity, at COMMIT. Not a change of the contact: its version stays, no event follows. */
export function touchContact({ db, atCommit }: Pick<Scope, 'db' | 'atCommit'>, contactId: string, at: string): void {
  atCommit(db.updateTable('contact').set({ lastActivityAt: at }).where('id', '=', contactId).where('lastActivityAt', '<', new Date(at)))
}
