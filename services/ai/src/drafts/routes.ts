import { aiEndpoints } from '@ai-crm/contracts'
import { ai } from '../ctx.ts'
import { approveDraft } from './approve-draft.ts'
import { getDraft } from './get-draft.ts'
import { listDrafts } from './list-drafts.ts'
import { rejectDraft } from './reject-draft.ts'
import { requestDraft } from './request-draft.ts'

export const draftRoutes = [
  ai.handle(aiEndpoints.listDrafts, (ctx, { query }) => listDrafts(ctx, query)),
  ai.handle(aiEndpoints.getDraft, (ctx, { params }) => getDraft(ctx, params.draftId)),
  ai.handle(aiEndpoints.generateDraft, (ctx, { params, body }) => requestDraft(ctx, params.conversationId, body)),
  ai.handle(aiEndpoints.approveDraft, (ctx, { params, body }, http) => approveDraft(ctx, params.draftId, http.expectedVersion, body)),
  ai.handle(aiEndpoints.rejectDraft, (ctx, { params, body }, http) => rejectDraft(ctx, params.draftId, http.expectedVersion, body.reason)),
]
