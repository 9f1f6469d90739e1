import { aiEndpoints } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'
import { createNote } from './create-note.ts'
import { deleteNote } from './delete-note.ts'
import { listNotes } from './list-notes.ts'
import { updateNote } from './update-note.ts'

export const noteRoutes = [
  ai.handle(aiEndpoints.listNotes, (ctx, { query }) => listNotes(ctx, query)),
  ai.handle(aiEndpoints.createNote, (ctx, { body }) => createNote(ctx, body)),
  ai.handle(aiEndpoints.updateNote, (ctx, { params, body }, http) => updateNote(ctx, params.noteId, http.expectedVersion, body)),
  ai.handle(aiEndpoints.deleteNote, (ctx, { params }) => deleteNote(ctx, params.noteId)),
]
