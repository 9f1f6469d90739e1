import { walkedBy, type SqlField } from '../lists/sql-field.ts'

/** What lists of deals can be asked. */
export const dealFields: Readonly<Record<string, SqlField>> = {
  title: { ...walkedBy('deal.sortTitle', 'always'), form: 'folded' },
  amountMinor: { ...walkedBy('deal.amountMinor', 'nullable'), currency: 'deal.currency' },
  pipelineId: { column: 'deal.pipelineId', isUuid: true },
  stage: { column: 'deal.stage' },
  stageKind: { column: 'deal.stageKind' },
  stageEnteredAt: walkedBy('deal.stageEnteredAt', 'always'),
  lostReason: { column: 'deal.lostReason' },
  // Without an expected date a deal sorts as the last to close.
  expectedCloseOn: { column: 'deal.expectedCloseOn', sort: { column: 'deal.sortClose', isNullable: false } },
  companyId: { column: 'deal.companyId' },
  ownerId: { column: 'deal.ownerId' },
  tagIds: { column: 'deal.tagIds', nothing: '{}', isTags: true },
  createdAt: walkedBy('deal.createdAt', 'always'),
  updatedAt: walkedBy('deal.updatedAt', 'always'),
}
