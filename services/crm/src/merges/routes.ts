import { mergeEndpoints } from '@ai-crm/contracts'
import { crm } from '../ctx.ts'
import { listMerges } from './list-merges.ts'
import { mergeRecords } from './merge-records.ts'
import { previewCompanyMerge, previewContactMerge } from './preview-merge.ts'
import { previewSeparation } from './preview-separation.ts'
import { separateRecords } from './separate-records.ts'

export const mergeRoutes = [
  crm.handle(mergeEndpoints.previewContactMerge, async (ctx, { params, query }) =>
    previewContactMerge(ctx, { survivorId: params.contactId, otherId: query.otherId ?? null }),
  ),
  crm.handle(mergeEndpoints.mergeContact, async (ctx, { params, body }, { expectedVersion }) =>
    mergeRecords(ctx, 'contact', { ...body, survivorId: params.contactId, expectedVersion }),
  ),
  crm.handle(mergeEndpoints.listContactMerges, async (ctx, { query }) => listMerges(ctx, 'contact', query, query.contactId ?? null)),
  crm.handle(mergeEndpoints.previewContactUnmerge, async (ctx, { params }) => previewSeparation(ctx, 'contact', params.mergeId)),
  crm.handle(mergeEndpoints.unmergeContact, async (ctx, { params }) => separateRecords(ctx, 'contact', params.mergeId)),
  crm.handle(mergeEndpoints.previewCompanyMerge, async (ctx, { params, query }) =>
    previewCompanyMerge(ctx, { survivorId: params.companyId, otherId: query.otherId ?? null }),
  ),
  crm.handle(mergeEndpoints.mergeCompany, async (ctx, { params, body }, { expectedVersion }) =>
    mergeRecords(ctx, 'company', { ...body, survivorId: params.companyId, expectedVersion }),
  ),
  crm.handle(mergeEndpoints.listCompanyMerges, async (ctx, { query }) => listMerges(ctx, 'company', query, query.companyId ?? null)),
  crm.handle(mergeEndpoints.previewCompanyUnmerge, async (ctx, { params }) => previewSeparation(ctx, 'company', params.mergeId)),
  crm.handle(mergeEndpoints.unmergeCompany, async (ctx, { params }) => separateRecords(ctx, 'company', params.mergeId)),
]
