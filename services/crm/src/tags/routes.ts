import { tagEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { createTag } from './create-tag.ts'
import { deleteTag, mergeTag } from './delete-tag.ts'
import { listTags } from './list-tags.ts'
import { updateTag } from './update-tag.ts'

export const tagRoutes = [
  crm.handle(tagEndpoints.listTags, async (ctx, { query }) => listTags(ctx, query)),
  crm.handle(tagEndpoints.createTag, async (ctx, { body }) => createTag(ctx, body)),
  crm.handle(tagEndpoints.updateTag, async (ctx, { params, body }, http) => updateTag(ctx, params.tagId, http.expectedVersion, body)),
  crm.handle(tagEndpoints.mergeTag, async (ctx, { params, body }) => mergeTag(ctx, params.tagId, body.intoId)),
  crm.handle(tagEndpoints.deleteTag, async (ctx, { params }) => deleteTag(ctx, params.tagId)),
]
