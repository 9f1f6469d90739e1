// Generated from services/crm/migrations by `node tools/generate-tables.ts crm`: change those.
import type { Actor, ContactEmail, ContactPhone, ContactTelegram, CustomValues, DealContact, FieldOption, FilterNode, FormulaTree, ImportAnalysis, ImportForecast, ImportProblem, ImportReading, ImportSettings, MergedValues, PersonErasure, StageId, StageRules, TaskRepeat, ViewColumn } from '@ai-crm/contracts'
import type { Computed, Defaulted, Instant, Json } from '@ai-crm/platform'

export interface Tables {
  contact: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    email: string | null
    phone: string | null
    company: string | null
    position: string | null
    note: string | null
    source: 'manual' | 'message' | 'import'
    lastActivityAt: Defaulted<Instant>
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    sortName: Computed<string>
    ownerId: string | null
    companyId: string | null
    custom: Defaulted<Json<CustomValues>>
    sortCompany: Computed<string | null>
    emails: Defaulted<Json<ContactEmail[]>>
    phones: Defaulted<Json<ContactPhone[]>>
    telegrams: Defaulted<Json<ContactTelegram[]>>
    tagIds: Defaulted<string[]>
    mergedInto: string | null
    preferredChannel: 'email' | 'telegram' | 'phone' | null
    timeZone: string | null
    language: string | null
    consent: 'given' | 'withdrawn' | null
    consentOn: string | null
    consentSource: string | null
    consentNote: string | null
  }
  conversationContact: {
    organizationId: Defaulted<string>
    conversationId: string
    contactId: string | null
    assigneeId: string | null
  }
  timelineEntry: {
    organizationId: Defaulted<string>
    id: string
    contactId: string | null
    conversationId: string | null
    type: string
    occurredAt: Instant
    actor: Json<Actor>
    excerpt: string | null
    data: Json<Record<string, unknown>>
    companyId: string | null
    dealId: string | null
  }
  teamMember: {
    organizationId: Defaulted<string>
    teamId: string
    userId: string
  }
  company: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    domains: string[]
    website: string | null
    phone: string | null
    address: string | null
    industry: string | null
    size: '1-10' | '11-50' | '51-200' | '201-1000' | '1001-5000' | '5001+' | null
    note: string | null
    parentId: string | null
    ownerId: string | null
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    sortName: Computed<string>
    custom: Defaulted<Json<CustomValues>>
    sortIndustry: Computed<string | null>
    sortSize: Computed<number | null>
    tagIds: Defaulted<string[]>
    mergedInto: string | null
  }
  companyDomain: {
    organizationId: Defaulted<string>
    domain: string
    companyId: string
  }
  deal: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    title: string
    amountMinor: number | null
    currency: string | null
    stage: string
    lostReason: string | null
    expectedCloseOn: string | null
    companyId: string | null
    contacts: Json<DealContact[]>
    ownerId: string | null
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    sortTitle: Computed<string>
    sortClose: Computed<string>
    custom: Defaulted<Json<CustomValues>>
    tagIds: Defaulted<string[]>
    pipelineId: Defaulted<string>
    stageKind: Defaulted<'open' | 'won' | 'lost'>
    stageEnteredAt: Defaulted<Instant>
    rank: Defaulted<string>
    sortRank: Computed<string>
  }
  dealContact: {
    organizationId: Defaulted<string>
    contactId: string
    dealId: string
  }
  field: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    record: 'contact' | 'company' | 'deal'
    label: string
    kind: 'text' | 'number' | 'money' | 'date' | 'select' | 'multiSelect' | 'person' | 'relation' | 'url' | 'checkbox'
    help: string | null
    options: Json<FieldOption[]>
    isRequired: boolean
    requiredStages: StageId[]
    relatesTo: 'contact' | 'company' | 'deal' | null
    currency: string | null
    position: number
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    foldedLabel: Computed<string>
    formula: string | null
    formulaTree: Json<FormulaTree> | null
    formulaRank: Defaulted<number>
    isComputing: Defaulted<boolean>
    formulaRound: Defaulted<number>
  }
  fieldValue: {
    organizationId: Defaulted<string>
    fieldId: string
    recordId: string
    ordinal: number
    sortText: string | null
    sortNumber: number | null
  }
  view: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    record: 'contact' | 'company' | 'deal'
    name: string
    isShared: boolean
    ownerId: string
    filter: Json<FilterNode> | null
    sort: string | null
    direction: 'asc' | 'desc' | null
    columns: Json<ViewColumn[]>
    position: number
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    groupBy: string | null
  }
  contactAddress: {
    organizationId: Defaulted<string>
    kind: 'email' | 'phone' | 'telegram' | 'telegram-name'
    value: string
    contactId: string
  }
  tag: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    color: 'gray' | 'red' | 'orange' | 'yellow' | 'green' | 'teal' | 'blue' | 'purple' | 'pink'
    mergedInto: string | null
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    foldedName: Computed<string>
  }
  recordTag: {
    organizationId: Defaulted<string>
    tagId: string
    recordId: string
  }
  task: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    title: string
    note: string | null
    dueAt: Instant | null
    remindAt: Instant | null
    remindedAt: Instant | null
    assigneeId: string | null
    contactId: string | null
    companyId: string | null
    dealId: string | null
    createdById: string | null
    doneAt: Instant | null
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
    sortDue: Computed<Instant>
    sortDone: Computed<Instant>
    stage: string | null
    repeats: Json<TaskRepeat> | null
    followedById: string | null
  }
  note: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    body: string
    mentions: string[]
    contactId: string | null
    companyId: string | null
    dealId: string | null
    authorId: string | null
    createdAt: Defaulted<Instant>
    updatedAt: Defaulted<Instant>
    version: Defaulted<number>
    deletedAt: Instant | null
  }
  noteMention: {
    organizationId: Defaulted<string>
    userId: string
    noteId: string
  }
  operation: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    kind: 'change' | 'tag' | 'delete' | 'restore' | 'import' | 'merge' | 'undo'
    record: 'contact' | 'company' | 'deal'
    asked: Json<Record<string, unknown>>
    rights: Json<Record<string, unknown>> | null
    status: Defaulted<'waiting' | 'running' | 'done' | 'cancelled' | 'failed'>
    total: number | null
    changed: Defaulted<number>
    unchanged: Defaulted<number>
    skipped: Defaulted<number>
    reasons: Defaulted<Json<Record<string, number>>>
    startedById: string | null
    undoesId: string | null
    undoneById: string | null
    createdAt: Defaulted<Instant>
    finishedAt: Instant | null
  }
  operationRecord: {
    organizationId: Defaulted<string>
    operationId: string
    ordinal: number
    recordId: string | null
    outcome: Defaulted<'waiting' | 'changed' | 'unchanged' | 'skipped'>
    code: string | null
    detail: string | null
    firstVersion: number | null
    lastVersion: number | null
  }
  person: {
    organizationId: Defaulted<string>
    userId: string
    name: string
    email: string
  }
  recordMerge: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    record: 'contact' | 'company'
    survivorId: string
    mergedId: string
    mergedName: string
    changes: Json<MergedValues>
    state: 'moving' | 'merged' | 'separating' | 'separated'
    mergedBy: Json<Actor>
    mergedAt: Defaulted<Instant>
    separatedAt: Instant | null
  }
  mergeChild: {
    organizationId: Defaulted<string>
    mergeId: string
    kind: 'deal' | 'task' | 'note' | 'file' | 'entry' | 'contact' | 'company'
    childId: string
    detail: Json<DealContact> | null
  }
  recordTrait: {
    organizationId: Defaulted<string>
    record: 'contact' | 'company'
    kind: 'called' | 'name' | 'phone' | 'telegram' | 'mailbox' | 'domain' | 'company' | 'word'
    value: string
    recordId: string
  }
  duplicatePair: {
    organizationId: Defaulted<string>
    record: 'contact' | 'company'
    oneId: string
    otherId: string
    score: number
    reasons: string[]
    status: Defaulted<'open' | 'dismissed' | 'merged'>
    foundAt: Defaulted<Instant>
    judgedAt: Instant | null
    judgedById: string | null
  }
  duplicateScan: {
    organizationId: Defaulted<string>
    record: 'contact' | 'company'
    afterId: string | null
    scanned: Defaulted<number>
    total: number
    startedAt: Defaulted<Instant>
    finishedAt: Instant | null
  }
  letGo: {
    organizationId: Defaulted<string>
    recordId: string
    kind: 'contact-of-deal' | 'company-of-contact' | 'company-of-deal' | 'parent-of-company'
    ofId: string
    role: string | null
  }
  import: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    state: Defaulted<'uploading' | 'analysing' | 'mapping' | 'checking' | 'checked' | 'started' | 'refused'>
    fileName: string
    sizeBytes: number
    reading: Defaulted<Json<ImportReading>>
    analysis: Json<ImportAnalysis | null> | null
    signature: string | null
    settings: Json<ImportSettings | null> | null
    forecast: Json<ImportForecast | null> | null
    problem: Json<ImportProblem | null> | null
    seen: Defaulted<number>
    rights: Json<Record<string, unknown>> | null
    operationId: string | null
    createdById: string | null
    createdAt: Defaulted<Instant>
    refused: Defaulted<number>
    readPercent: Defaulted<number>
  }
  importChunk: {
    organizationId: Defaulted<string>
    importId: string
    position: number
    bytes: Buffer
    createdAt: Defaulted<Instant>
  }
  importRefusal: {
    organizationId: Defaulted<string>
    importId: string
    rowNumber: number
    message: string
    cells: Json<string[]>
  }
  file: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    name: string
    contentType: string
    sizeBytes: number
    isComplete: Defaulted<boolean>
    contactId: string | null
    companyId: string | null
    dealId: string | null
    addedById: string | null
    createdAt: Defaulted<Instant>
    deletedAt: Instant | null
    version: Defaulted<number>
    scanState: 'waiting' | 'clean' | 'infected' | 'unscannable' | null
    scanFinding: string | null
    scannedWith: string | null
  }
  fileChunk: {
    organizationId: Defaulted<string>
    fileId: string
    position: number
    bytes: Buffer
    unneededSince: Defaulted<Instant | null>
  }
  unmatchedRecord: {
    organizationId: Defaulted<string>
    record: 'contact' | 'company'
    recordId: string
    times: Defaulted<number>
  }
  personErasure: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    contactId: string
    requestId: string
    state: Defaulted<'erasing' | 'done'>
    parts: Defaulted<Json<PersonErasure["parts"]>>
    requestedById: string | null
    requestedAt: Defaulted<Instant>
    finishedAt: Instant | null
    waits: Defaulted<Json<PersonErasure["waits"]>>
  }
  searchChange: {
    organizationId: Defaulted<string>
    id: Defaulted<string>
    record: 'contact' | 'company' | 'deal' | 'task' | 'note'
    recordId: string
    notedAt: Defaulted<Instant>
  }
  stage: {
    organizationId: Defaulted<string>
    id: string
    pipelineId: string
    pipelineName: string
    pipelinePosition: number
    name: string
    kind: 'open' | 'won' | 'lost'
    position: number
    probability: number
    color: string
    rottingDays: number | null
    rules: Json<StageRules>
    retiredInto: string | null
    version: number
  }
  stageTotal: {
    organizationId: Defaulted<string>
    stage: string
    currency: string
    deals: number
    amountMinor: string
  }
  stageDelta: {
    organizationId: Defaulted<string>
    id: Computed<number>
    stage: string
    currency: string
    deals: number
    amountMinor: string
  }
  handOver: {
    organizationId: Defaulted<string>
    id: string
    dealId: string
    ownerFromId: string | null
    ownerToId: string | null
    taskIds: Defaulted<string[]>
  }
  operationMade: {
    organizationId: Defaulted<string>
    operationId: string
    place: number
    kind: 'company' | 'tag'
    recordId: string
    version: number
    goneById: string | null
  }
}
