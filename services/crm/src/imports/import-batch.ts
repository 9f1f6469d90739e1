import { contactCreated, contactUpdated, CUSTOM_PREFIX, type ImportSettings, type PendingEvent } from '@ai-crm/contracts'
import { firstStranger } from '@ai-crm/platform'
import { v7 as uuidV7 } from 'uuid'
import { normalEmail } from '../contacts/addresses.ts'
import type { Ctx, Db } from '../ctx.ts'
import type { Complaint, Draft, DraftedRow } from '../import-reading/draft.ts'
import type { Outcome } from '../operations/operation-progress.ts'
import { fateOf, findKnown, ownKeys, sharedKeys } from './find-known.ts'
import { findCompanies, findTags, type FoundCompany } from './named-things.ts'
import { changesBy, type Resolved } from './planned-contact.ts'
import { insertContacts, lockContacts, updateContacts, walkByIndex, type StoredContact } from './store-contacts.ts'

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
  #companies: ReadonlyMap<string, FoundCompany> = new Map()
  #tags: ReadonlyMap<string, string> = new Map()
  #ownTags: readonly string[] = []
  #demanded: readonly string[] = []

  constructor(asker: Ctx, db: Db, settings: ImportSettings) {
    this.#asker = asker
    this.#db = db
    this.#settings = settings
  }

  async store(rows: readonly DraftedRow[]): Promise<BatchResult> {
    await walkByIndex(this.#db)
    for (const row of rows) if (!isDrafted(row)) this.#refuse(row, row.complaints[0] ?? { code: 'crm.import.value_invalid', column: null, value: '' })
    let waiting = await this.#resolve(rows.filter(isDrafted))
    for (let pass = 0; waiting.length > 0 && pass < MAX_PASSES; pass++) waiting = await this.#pass(waiting)
    for (const row of waiting) this.#refuse(row, complaintOf('crm.import.repeated'))
    return this.result
  }

  /** Finds or makes what the rows name, and refuses those that name what there is not. */
  async #resolve(rows: readonly Drafted[]): Promise<Drafted[]> {
    const { ownerId = null, makesCompanies, tagIds } = this.#settings
    const tags = await findTags(
      this.#asker,
      this.#db,
      rows.flatMap(({ draft }) => draft.tags),
    )
    const companies = await findCompanies(
      this.#asker,
      this.#db,
      rows.flatMap(({ draft }) => draft.company ?? []),
      ownerId,
      makesCompanies,
    )
    ;[this.#tags, this.#companies] = [tags.found, companies.found]
    this.result.events.push(...tags.events, ...companies.events)
    this.#ownTags =
      tagIds.length === 0
        ? []
        : (await this.#db.selectFrom('tag').select('id').where('id', 'in', tagIds).where('deletedAt', 'is', null).forShare().execute()).map(({ id }) => id)
    const owners = [...new Set(rows.map(({ draft }) => draft.ownerId ?? ownerId).filter((id) => id !== null))]
    const stranger = await firstStranger({}, this.#db, owners)
    this.#demanded = await this.#demandedOfNew()
    return rows.filter((row) => {
      const { draft } = row
      if (draft.tags.some((tag) => !this.#tags.has(tag.toLowerCase()))) return this.#refuse(row, complaintOf('crm.import.tag_unknown'))
      return stranger !== undefined && (draft.ownerId ?? ownerId) === stranger ? this.#refuse(row, complaintOf('platform.not_a_member')) : true
    })
  }

  /** Fields that a new contact of whoever imports has to have. */
  async #demandedOfNew(): Promise<string[]> {
    const rows = await this.#db
      .selectFrom('field')
      .select('id')
      .where('record', '=', 'contact')
      .where('isRequired', '=', true)
      .where('deletedAt', 'is', null)
      .execute()
    return rows.map(({ id }) => id).filter((id) => !this.#asker.rights?.fields['contact']?.[CUSTOM_PREFIX + id])
  }

  /** Takes each contact once; gives back the rows that have to wait for what this pass has made of it. */
  async #pass(rows: readonly Drafted[]): Promise<Drafted[]> {
    const known = await findKnown(
      this.#asker,
      this.#db,
      rows.map(({ draft }) => draft),
    )
    const [later, news, updates] = [new Array<Drafted>(), new Array<Drafted>(), new Map<string, Drafted>()]
    const claimed = new Set<string>()
    for (const row of rows) {
      const keys = this.#settings.policy === 'create' ? ownKeys(row.draft) : [...ownKeys(row.draft), ...sharedKeys(row.draft)]
      const fate = fateOf(row.draft, known, this.#settings.policy)
      if (fate.kind === 'skip') this.result.outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: fate.code })
      else if (fate.kind === 'refuse') this.#refuse(row, complaintOf(fate.code))
      else if (keys.some((key) => claimed.has(key)) || (fate.kind === 'update' && updates.has(fate.contactId))) later.push(row)
      else if (fate.kind === 'create' && this.#demanded.some((id) => row.draft.custom[id] === undefined))
        this.#refuse(row, complaintOf('crm.field.values_missing'))
      else {
        for (const key of keys) claimed.add(key)
        if (fate.kind === 'create') news.push(row)
        else updates.set(fate.contactId, row)
      }
    }
    return [...later, ...(await this.#create(news)), ...(await this.#update(updates))].toSorted((a, b) => a.number - b.number)
  }

  async #create(rows: readonly Drafted[]): Promise<Drafted[]> {
    const planned = rows.map((row) => ({ row, contact: this.#newContact(row.draft) }))
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
    // Somebody else has made the contact in this moment: the next pass finds it.
    return planned.filter(({ contact }) => !made.has(contact.id)).map(({ row }) => row)
  }

  #newContact(draft: Draft): StoredContact {
    const { ownerId = null } = this.#settings
    const { emails, phones, telegrams, position, note, custom } = draft
    const [email, phone] = [emails[0], phones[0]]
    const { company, tagIds } = this.#named(draft)
    return {
      id: uuidV7(),
      name: draft.name ?? draft.fallbackName ?? '?',
      email: email ? normalEmail(email.address) : null,
      emails,
      phone: phone?.number ?? null,
      phones,
      telegrams,
      company: company?.company ?? null,
      companyId: company?.companyId ?? null,
      position,
      note,
      tagIds: [...tagIds],
      ownerId: draft.ownerId ?? ownerId,
      custom,
    }
  }

  #named(draft: Draft): Resolved {
    const tags = draft.tags.flatMap((tag) => this.#tags.get(tag.toLowerCase()) ?? [])
    return { draft, company: draft.company === null ? null : (this.#companies.get(draft.company) ?? null), tagIds: [...new Set([...tags, ...this.#ownTags])] }
  }

  async #update(rows: ReadonlyMap<string, Drafted>): Promise<Drafted[]> {
    const current = await lockContacts(this.#db, [...rows.keys()])
    const planned = [...rows].flatMap(([id, row]) => {
      const contact = current.get(id)
      return contact ? [{ row, current: contact, changes: changesBy(this.#named(row.draft), contact, this.#settings.policy) }] : []
    })
    const real = planned.flatMap(({ row, current: contact, changes }) => (changes ? [{ row, current: contact, changes }] : []))
    await updateContacts(this.#db, real)
    for (const {
      row,
      current: { id, version },
      changes,
    } of real) {
      this.result.outcomes.push({ ordinal: row.number, recordId: id, outcome: 'changed', versions: [version + 1, version + 1] })
      this.result.events.push(contactUpdated({ contactId: id, changes }))
    }
    for (const { row, current: contact, changes } of planned)
      if (!changes) this.result.outcomes.push({ ordinal: row.number, recordId: contact.id, outcome: 'unchanged' })
    // Deleted in this moment: the next pass makes a new one.
    return [...rows].filter(([id]) => !current.has(id)).map(([, row]) => row)
  }

  #refuse(row: DraftedRow, complaint: Complaint): false {
    this.result.outcomes.push({ ordinal: row.number, recordId: null, outcome: 'skipped', code: complaint.code, detail: complaint.value })
    this.result.refusals.push({ row, complaint })
    return false
  }
}

const complaintOf = (code: string): Complaint => ({ code, column: null, value: '' })
