import type { BoardCard } from '@ai-crm/contracts'

/** A card of which nothing matters but what a test says of it. */
export const cardOf = (id: string, said: Partial<BoardCard> = {}): BoardCard => ({
  id,
  title: id,
  amountMinor: null,
  currency: null,
  stage: 'new',
  expectedCloseOn: null,
  companyId: null,
  companyName: null,
  tagIds: [],
  ownerId: null,
  stageEnteredAt: '2026-01-01T00:00:00.000Z',
  nextTaskDueAt: null,
  openTasks: 0,
  version: 1,
  ...said,
})
