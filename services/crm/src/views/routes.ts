import { viewEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createView } from './create-view.ts'
import { deleteView } from './delete-view.ts'
import { getView, listViews } from './list-views.ts'
import { updateView } from './update-view.ts'

export const viewRoutes = [
  crm.handle(viewEndpoints.listViews, async (ctx, { query }) => listViews(ctx, query)),
  crm.handle(viewEndpoints.getView, async (ctx, { params }) => getView(ctx, params.viewId)),
  crm.handle(viewEndpoints.createView, async (ctx, { body }) => createView(ctx, body)),
  crm.handle(viewEndpoints.updateView, async (ctx, { params, body }, http) => updateView(ctx, params.viewId, http.expectedVersion, body)),
  crm.handle(viewEndpoints.deleteView, async (ctx, { params }) => deleteView(ctx, params.viewId)),
]
