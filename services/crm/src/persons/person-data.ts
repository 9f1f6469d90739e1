import { crmPersonDelayed, crmPersonErased, crmPersonExported } from '@ai-crm/contracts'
import { ErasureWaits, PERSON, personDataOf } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { leaveDeals } from '../deals/leave-deals.ts'
import { recordFiles } from '../files/export-files.ts'
import type { Tables } from '../tables.ts'
import { goneWithPerson } from '../search/gone-with-person.ts'
import { findPerson } from './find-person.ts'

const { contacts, conversations, patterns } = PERSON
const ofContact = { where: `t.contact_id = ${contacts}` }
const WITH_CONTACT = 'Goes with its contact.'
const OF_COLLEAGUES = 'Of members of the organisation.'
const IDS = 'Ids and numbers.'
/** Of imports that are over and have made or changed the contact. */
const theirImports = `select i.id from import i join operation o on o.id = i.operation_id join operation_record r on r.operation_id = o.id
  where o.finished_at is not null and r.record_id = ${contacts}`

/** Where crm keeps something about people. */
export const personData = personDataOf<Tables>()({
  tables: {
    contact: { where: `t.id = ${contacts}` },
    contactAddress: WITH_CONTACT,
    timelineEntry: { where: `(t.contact_id = ${contacts} or t.conversation_id = ${conversations})` },
    conversationContact: { where: `(t.contact_id = ${contacts} or t.conversation_id = ${conversations})` },
    task: ofContact,
    note: ofContact,
    noteMention: 'Goes with its note.',
    file: ofContact,
    fileChunk: { where: `t.file_id in (select id from file where contact_id = ${contacts})` },
    fieldValue: { where: `t.record_id = ${contacts}` },
    recordTag: { where: `t.record_id = ${contacts}` },
    recordTrait: { where: `t.record = 'contact' and t.record_id = ${contacts}` },
    duplicatePair: { where: `t.record = 'contact' and (t.one_id = ${contacts} or t.other_id = ${contacts})` },
    recordMerge: { where: `t.record = 'contact' and (t.survivor_id = ${contacts} or t.merged_id = ${contacts})` },
    mergeChild: 'Goes with its merge.',
    letGo: { where: `(t.record_id = ${contacts} or t.of_id = ${contacts})` },
    operationRecord: { where: `t.record_id = ${contacts} and t.detail is not null`, set: 'detail = null' },
    import: {
      where: `(t.analysis is not null or t.forecast is not null) and t.state in ('started', 'refused')
        and (t.id in (${theirImports}) or lower(concat(t.analysis, t.forecast)) like ${patterns})`,
      set: 'analysis = null, forecast = null',
    },
    importChunk: { where: `t.import_id in (${theirImports})` },
    // By their addresses: somebody else may have their name.
    importRefusal: { where: `lower(t.cells::text) like ${patterns}` },
    deal: 'Goes on without them: the contact leaves its people, with an event.',
    dealContact: 'Goes with its contact.',
    handOver: 'Ids.',
    stage: 'Of the organisation.',
    stageTotal: 'Numbers.',
    stageDelta: 'Numbers.',
    company: 'Of the company.',
    companyDomain: 'Of the company.',
    tag: 'Of the organisation.',
    field: 'Of the organisation.',
    view: 'What a list is narrowed by: of the organisation.',
    operation: 'What was asked for of many records.',
    operationMade: IDS,
    unmatchedRecord: { where: `t.record = 'contact' and t.record_id = ${contacts}` },
    searchChange: IDS,
    duplicateScan: IDS,
    person: OF_COLLEAGUES,
    teamMember: OF_COLLEAGUES,
    personErasure: IDS,
  },
  aggregates: ['contact', 'task', 'note', 'file'],
  kept: {
    savedViews: { table: 'view', where: `t.deleted_at is null and lower(t.filter::text) like ${patterns}` },
    operationsAsked: { table: 'operation', where: `lower(t.asked::text) like ${patterns}` },
    // Until they are started or thrown away, for seven days at most: whom a file names, nobody reads again.
    openImports: { table: 'import', where: `t.state not in ('started', 'refused')` },
  },
  before: async (ctx: Ctx, { contactIds }) => {
    for (const contactId of contactIds) await leaveDeals(ctx, { contactId })
  },
  // Whatever waits for its turn to be indexed finds nothing of them any more.
  beyond: async (ctx: Ctx, _subject, erasureId) => {
    if (!ctx.search) return
    try {
      for await (const gone of goneWithPerson(ctx, erasureId)) await ctx.search.write(ctx.organizationId, async () => gone, ctx.signal)
    } catch (error) {
      throw new ErasureWaits('search', 'The index beside the database does not answer.', { cause: error })
    }
  },
  subjectOf: (ctx: Ctx, contactId) => findPerson(ctx, ctx.db, contactId),
  files: (db: Ctx['db'], only) => recordFiles(db, only(`t.contact_id = ${contacts}`)),
  erased: crmPersonErased,
  delayed: crmPersonDelayed,
  exported: crmPersonExported,
})
