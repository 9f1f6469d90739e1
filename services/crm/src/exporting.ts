import { exportOf } from '@ai-crm/platform'
import { recordFiles } from './files/export-files.ts'
import type { Tables } from './tables.ts'

const PROJECTION = 'A copy of what another service exports.'

/** What of an organisation's archive is crm's. */
export const exporting = exportOf<Tables>()({
  tables: {
    contact: {
      columns: [
        ...(['id', 'name', 'email', 'emails', 'phone', 'phones', 'telegrams', 'company', 'position', 'note', 'source', 'ownerId'] as const),
        ...(['companyId', 'tagIds', 'custom', 'mergedInto'] as const),
        ...(['preferredChannel', 'timeZone', 'language', 'consent', 'consentOn', 'consentSource', 'consentNote'] as const),
        ...(['lastActivityAt', 'createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
      leftOut: { sortName: 'Made from the name.', sortCompany: 'Made from the company.' },
    },
    tag: { columns: ['id', 'name', 'color', 'mergedInto', 'createdAt', 'updatedAt', 'deletedAt', 'version'], leftOut: { foldedName: 'Made from the name.' } },
    recordTag: 'Tags of records once more, to be found by.',
    contactAddress: 'Addresses of contacts once more, to be found by.',
    timelineEntry: { columns: ['id', 'contactId', 'conversationId', 'type', 'occurredAt', 'actor', 'excerpt', 'data', 'companyId', 'dealId'] },
    company: {
      columns: [
        ...(['id', 'name', 'domains', 'website', 'phone', 'address', 'industry', 'size', 'note', 'parentId', 'ownerId', 'tagIds', 'custom'] as const),
        ...(['createdAt', 'updatedAt', 'deletedAt', 'mergedInto', 'version'] as const),
      ],
      leftOut: { sortName: 'Made from the name.', sortIndustry: 'Made from the industry.', sortSize: 'Made from the size.' },
    },
    companyDomain: 'Domains of companies once more, so that each belongs to one.',
    deal: {
      columns: [
        ...([
          'id',
          'title',
          'amountMinor',
          'currency',
          'pipelineId',
          'stage',
          'stageKind',
          'stageEnteredAt',
          'rank',
          'lostReason',
          'expectedCloseOn',
          'companyId',
          'contacts',
          'ownerId',
          'tagIds',
          'custom',
        ] as const),
        ...(['createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
      leftOut: { sortTitle: 'Made from the title.', sortClose: 'Made from the expected date.', sortRank: 'Made from the rank.' },
    },
    handOver: 'How to take back what is told by events of deals and tasks.',
    stage: PROJECTION,
    stageTotal: 'Counted from the deals.',
    stageDelta: 'Counted from the deals.',
    searchChange: 'What an index of records has not been told of.',
    dealContact: 'People of deals once more, to be found by.',
    task: {
      columns: [
        ...(['id', 'title', 'note', 'dueAt', 'remindAt', 'remindedAt', 'assigneeId', 'contactId', 'companyId', 'dealId', 'stage', 'createdById'] as const),
        ...(['repeats', 'followedById', 'doneAt', 'createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
      leftOut: { sortDue: 'Made from the time at which it is due.', sortDone: 'Made from the time at which it was done.' },
    },
    field: {
      columns: [
        ...(['id', 'record', 'label', 'kind', 'help', 'options', 'isRequired', 'requiredStages', 'relatesTo', 'currency', 'position'] as const),
        ...(['formula', 'isComputing', 'createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
      leftOut: {
        foldedLabel: 'Made from the label.',
        formulaTree: 'Made from the formula.',
        formulaRank: 'Made from the formulas.',
        formulaRound: 'Of the job that computes.',
      },
    },
    fieldValue: 'Custom values of records once more, to be found and sorted by.',
    note: {
      columns: [
        ...(['id', 'body', 'mentions', 'contactId', 'companyId', 'dealId', 'authorId'] as const),
        ...(['createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
      leftOut: {},
    },
    file: {
      columns: [
        ...(['id', 'name', 'contentType', 'sizeBytes', 'isComplete', 'contactId', 'companyId', 'dealId', 'addedById'] as const),
        ...(['createdAt', 'deletedAt', 'version', 'scanState', 'scanFinding', 'scannedWith'] as const),
      ],
    },
    fileChunk: 'In file/<id>.',
    noteMention: 'Mentions of notes once more, to be found by.',
    recordMerge: { columns: ['id', 'record', 'survivorId', 'mergedId', 'mergedName', 'changes', 'state', 'mergedBy', 'mergedAt', 'separatedAt'] },
    recordTrait: 'What records are compared by: made from their names and addresses.',
    duplicatePair: { columns: ['record', 'oneId', 'otherId', 'score', 'reasons', 'status', 'foundAt', 'judgedAt', 'judgedById'] },
    unmatchedRecord: 'Records that wait for being compared.',
    duplicateScan: 'How far a search through the records is.',
    mergeChild: { columns: ['mergeId', 'kind', 'childId', 'detail'] },
    view: {
      columns: [
        ...(['id', 'record', 'name', 'isShared', 'ownerId', 'filter', 'sort', 'direction', 'groupBy', 'columns', 'position'] as const),
        ...(['createdAt', 'updatedAt', 'deletedAt', 'version'] as const),
      ],
    },
    operation: {
      columns: [
        ...(['id', 'kind', 'record', 'status', 'total', 'changed', 'unchanged', 'skipped', 'reasons', 'startedById', 'undoesId', 'undoneById'] as const),
        ...(['createdAt', 'finishedAt'] as const),
      ],
      leftOut: { asked: 'What its job needs to know; the events of the records tell what was done.', rights: 'What its starter was permitted then.' },
    },
    letGo: 'What deleted records may take back when they are restored; each is told by an event of its own.',
    operationMade: 'Which companies and tags an import made: they are exported themselves.',
    operationRecord: 'Which events an operation made, for ninety days: they are exported themselves.',
    conversationContact: PROJECTION,
    import: {
      columns: ['id', 'state', 'fileName', 'sizeBytes', 'refused', 'operationId', 'createdById', 'createdAt'],
      leftOut: {
        reading: 'How a file was read.',
        readPercent: 'How much of a file was read, while it was.',
        analysis: 'Of a file that the organisation has.',
        signature: 'Made from the headings of a file.',
        settings: 'How a file was read.',
        forecast: 'What would have happened.',
        problem: 'Of a file that the organisation has.',
        seen: 'Progress.',
        rights: 'What somebody might do when they imported.',
      },
    },
    importChunk: 'A file that the organisation has.',
    importRefusal: 'Rows of a file that the organisation has.',
    personErasure: {
      columns: ['id', 'contactId', 'state', 'parts', 'waits', 'requestedById', 'requestedAt', 'finishedAt'],
      leftOut: { requestId: 'Of an event that tells nothing any more.' },
    },
    person: PROJECTION,
    teamMember: PROJECTION,
  },
  files: recordFiles,
})
