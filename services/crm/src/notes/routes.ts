import { recordNoteEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createNote } from './create-note.ts'
import { deleteNote } from './delete-note.ts'
import { getNote } from './get-note.ts'
import { listNotes } from './list-notes.ts'
import { updateNote } from './update-note.ts'

export const noteRoutes = [
  crm.handle(recordNoteEndpoints.createRecordNote, async (ctx, { body }) => createNote(ctx, body)),
  crm.handle(recordNoteEndpoints.listRecordNotes, async (ctx, { query }) => listNotes(ctx, query)),
  crm.handle(recordNoteEndpoints.getRecordNote, async (ctx, { params }) => getNote(ctx, params.noteId)),
  crm.handle(recordNoteEndpoints.updateRecordNote, async (ctx, { params, body }, http) => updateNote(ctx, params.noteId, http.expectedVersion, body)),
  crm.handle(recordNoteEndpoints.deleteRecordNote, async (ctx, { params }) => deleteNote(ctx, params.noteId)),
]
