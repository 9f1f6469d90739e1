import { contactCreated, contactUpdated, type Contact, type ImportSettings, type PendingEvent } from '@ai-crm/contracts'
import type { Ctx, Db } from '../ctx.ts'
import type { Complaint, Draft, DraftedRow } from '../import-reading/draft.ts'
import type { Outcome } from '../operations/operation-progress.ts'
import { findCompanies, findTags, type FoundCompany } from './named-things.ts'
import { changesBy, newContact, takesCompany, type Resolved } from './planned-contact.ts'
import { RowJudge } from './row-judge.ts'
import { insertContacts, lockContacts, updateContacts, walkByIndex } from './store-contacts.ts'

/** Rows of one batch about the same contact are taken one after the other; more of them than this is no table of contacts. */
const MAX_PASSES = 20

export interface Refusal {
  readonly row: DraftedRow
  readonly complaint: Complaint
}

interface BatchResult {
  readonly outcomes: Outcome[]
  readonly refusals: Refusal[]
  readonly events: PendingEvent[]
}

type Drafted = DraftedRow & { readonly draft: Draft }
const isDrafted = (row: DraftedRow): row is Drafted => row.draft !== null

/** Stores the rows of one batch, in the transaction of whoever calls; what cannot be stored is told with its reason. `asker`: whoever imports. */
export class ImportBatch {
  readonly result: BatchResult = { outcomes: [], refusals: [], events: [] }
  readonly #asker: Ctx
  readonly #db: Db
  readonly #settings: ImportSettings
  readonly #judge: RowJudge
  #companies: ReadonlyMap<string, FoundCompany> = new Map()
  #tags: ReadonlyMap<string, string> = new Map()
  #ownTags: readonly string[] = []

  constructor(asker: Ctx, db: Db, settings: ImportSettings) {
    this.#asker = asker
    this.#db = db
    this.#settings = settings
    this.#judge = new RowJudge(asker, settings)
  }

  async store(rows: readonly DraftedRow[]): Promise<BatchResult> {
    await walkByIndex(this.#db)
    for (const row of rows) if (!isDrafted(row)) this.#refuse(row, row.complaints[0] ?? complaintOf('crm.import.value_invalid'))
    let waiting = rows.filter(isDrafted)
    await this.#judge.prepare(this.#db, draftsOf(waiting))
    this.#ownTags = await livingTags(this.#db, this.#settings.tagIds)
    for (let pass = 0; waiting.length > 0 && pass < MAX_PASSES; pass++) waiting = await this.#pass(waiting)
    for (const row of waiting) this.#refuse(row, complaintOf('crm.import.repeated'))
    return this.result
  }

  /** Takes each contact once; gives back the rows that have to wait for what this pass has made of it. */
  async #pass(rows: readonly Drafted[]): Promise<Drafted[]> {
    await this.#judge.meet(this.#db, draftsOf(rows))
    const [later, news, updates] = [new Array<Drafted>(), new Array<Drafted>(), new Map<string, Drafted>()]
    const claimed = new Set<string>()
    for (const row of rows) {
      const [keys, fate] = [this.#judge.keysOf(row.draft), this.#judge.fateOf(row.draft)]
      if (fate.kind === 'skip') this.result.outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: fate.code })
      else if (fate.kind === 'refuse') this.#refuse(row, complaintOf(fate.code))
      else if (keys.some((key) => claimed.has(key)) || (fate.kind === 'update' && updates.has(fate.contactId))) later.push(row)
      else if (this.#isStorable(row, fate.kind)) {
        for (const key of keys) claimed.add(key)
        if (fate.kind === 'create') news.push(row)
        else updates.set(fate.contactId, row)
      }
    }
    const current = await lockContacts(this.#db, [...updates.keys()])
    const known = [...updates].flatMap(([id, row]) => {
      const contact = current.get(id)
      return contact ? [{ row, current: contact }] : []
    })
    // Deleted in this moment: the next pass makes a new one.
    const gone = [...updates].filter(([id]) => !current.has(id)).map(([, row]) => row)
    await this.#findNamed(news, known)
    const taken = await this.#create(news)
    await this.#update(known)
    return [...later, ...gone, ...taken].toSorted((a, b) => a.number - b.number)
  }

  #isStorable(row: Drafted, kind: 'create' | 'update'): boolean {
    const code = this.#judge.refusalOf(row.draft, kind)
    if (code !== null) this.#refuse(row, complaintOf(code))
    return code === null
  }

  /** Finds or makes what rows name that will be stored, and nothing else. */
  async #findNamed(news: readonly Drafted[], known: readonly Known[]): Promise<void> {
    const { ownerId = null, makesCompanies, policy } = this.#settings
    const stored = draftsOf([...news, ...known.map(({ row }) => row)])
    const tags = await findTags(
      this.#asker,
      this.#db,
      stored.flatMap((draft) => draft.tags),
    )
    const named = [...draftsOf(news), ...known.flatMap(({ row, current }) => (takesCompany(row.draft, current, policy) ? row.draft : []))]
    const companies = await findCompanies(
      this.#asker,
      this.#db,
      named.flatMap(({ company }) => company ?? []),
      ownerId,
      makesCompanies,
    )
    ;[this.#tags, this.#companies] = [tags.found, companies.found]
    this.result.events.push(...tags.events, ...companies.events)
  }

  /** Gives back those whom somebody else has made in this moment: the next pass finds them. */
  async #create(rows: readonly Drafted[]): Promise<Drafted[]> {
    const planned = rows.map((row) => ({ row, contact: newContact(this.#named(row.draft), this.#settings.ownerId ?? null) }))
    const made = await insertContacts(
      this.#db,
      planned.map(({ contact }) => contact),
    )
    for (const { row, contact } of planned) {
      const { id, ...fields } = contact
      if (!made.has(id)) continue
      this.result.outcomes.push({ ordinal: row.number, recordId: id, outcome: 'changed', versions: [1, 1] })
      this.result.events.push(contactCreated({ contactId: id, ...fields, source: 'import' }))
    }
    return planned.filter(({ contact }) => !made.has(contact.id)).map(({ row }) => row)
  }

  #named(draft: Draft): Resolved {
    const tags = draft.tags.flatMap((tag) => this.#tags.get(tag.toLowerCase()) ?? [])
    return { draft, company: draft.company === null ? null : (this.#companies.get(draft.company) ?? null), tagIds: [...new Set([...tags, ...this.#ownTags])] }
  }

  async #update(known: readonly Known[]): Promise<void> {
    const planned = known.map(({ row, current }) => ({ row, current, changes: changesBy(this.#named(row.draft), current, this.#settings.policy) }))
    await updateContacts(
      this.#db,
      planned.flatMap(({ current, changes }) => (changes ? [{ current, changes }] : [])),
    )
    for (const { row, current, changes } of planned) {
      const version = current.version + 1
      if (changes) {
        this.result.outcomes.push({ ordinal: row.number, recordId: current.id, outcome: 'changed', versions: [version, version] })
        this.result.events.push(contactUpdated({ contactId: current.id, changes }))
      } else this.result.outcomes.push({ ordinal: row.number, recordId: current.id, outcome: 'unchanged' })
    }
  }

  #refuse(row: DraftedRow, complaint: Complaint): void {
    this.result.outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: complaint.code, detail: complaint.value })
    this.result.refusals.push({ row, complaint })
  }
}

interface Known {
  readonly row: Drafted
  readonly current: Contact
}

const draftsOf = (rows: readonly Drafted[]): Draft[] => rows.map(({ draft }) => draft)
const complaintOf = (code: string): Complaint => ({ code, column: null, value: '' })

async function livingTags(db: Db, tagIds: readonly string[]): Promise<string[]> {
  if (tagIds.length === 0) return []
  const rows = await db.selectFrom('tag').select('id').where('id', 'in', tagIds).where('deletedAt', 'is', null).forShare().execute()
  return rows.map(({ id }) => id)
}
