import type { Write } from '../ctx.ts'
import { passagesOf } from './passages.ts'

/** Makes the passages of a note anew, in the transaction that changed it. */
export async function indexNote({ db }: Pick<Write, 'db'>, note: { id: string; title: string; body: string }): Promise<void> {
  await db.deleteFrom('notePassage').where('noteId', '=', note.id).execute()
  const passages = passagesOf(note.body).map((body, position) => ({ noteId: note.id, position, title: note.title, body }))
  if (passages.length > 0) await db.insertInto('notePassage').values(passages).execute()
}
