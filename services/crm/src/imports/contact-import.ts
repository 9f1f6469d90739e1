import { setImmediate as nextTurn } from 'node:timers/promises'
import { contactCreated, contactUpdated, type Contact } from '@ai-crm/contracts'
import type { ContactDraft, Drafted } from '../import-reading/draft.ts'
import { fateOf, findKnown, ownKeys, sharedKeys } from './find-known.ts'
import { draftsOf, type ImportKind, type Storing } from './import-kind.ts'
import { foundOrMade, knownCompanies, type FoundCompany } from './named-things.ts'
import { changesBy, newContact, takesCompany, type Resolved } from './planned-contact.ts'
import { tagsOfRows } from './row-tags.ts'
import { insertContacts, lockContacts, updateContacts } from './store-contacts.ts'

type Row = Drafted<ContactDraft>

interface Known {
  readonly row: Row
  readonly current: Contact
}

type Named = (draft: ContactDraft) => Resolved

/** Contacts are known by their addresses. */
export const CONTACT_IMPORT: ImportKind<ContactDraft> = {
  record: 'contact',
  is: (draft) => draft.record === 'contact',
  async meet(asker, db, { policy }, drafts) {
    const known = await findKnown(asker, db, drafts)
    return {
      fateOf: (draft) => fateOf(draft, known, policy),
      keysOf: (draft) => (policy === 'create' ? ownKeys(draft) : [...ownKeys(draft), ...sharedKeys(draft)]),
      store,
    }
  },
}

async function store(storing: Storing, news: readonly Row[], updates: ReadonlyMap<string, Row>): Promise<Row[]> {
  const current = await lockContacts(storing.scope.db, [...updates.keys()])
  const known = [...updates].flatMap(([id, row]) => {
    const contact = current.get(id)
    return contact ? [{ row, current: contact }] : []
  })
  // Deleted in this moment.
  const gone = [...updates].filter(([id]) => !current.has(id)).map(([, row]) => row)
  const named = await nameAll(storing, news, known)
  await create(storing, news, named)
  await update(storing, known, named)
  return gone
}

/** Finds or makes what rows name that will be stored, and nothing else. */
async function nameAll(storing: Storing, news: readonly Row[], updates: readonly Known[]): Promise<Named> {
  const { asker, scope, settings, result } = storing
  const tagsOf = await tagsOfRows(storing, draftsOf([...news, ...updates.map(({ row }) => row)]))
  const linked = [...draftsOf(news), ...updates.flatMap(({ row, current }) => (takesCompany(row.draft, current, settings.policy) ? row.draft : []))]
  // In the order of the file: of several spellings the first one counts.
  const names = new Set(linked.flatMap(({ company }) => company ?? []))
  const known = await knownCompanies(asker, scope.db, [...names])
  const inOrder = [...names].flatMap((name) => known.get(name) ?? [])
  const companies = await foundOrMade(asker, scope.db, inOrder, settings)
  await scope.emitAll(companies.events)
  result.made.push(...companies.events)
  const companyOf = ({ company }: ContactDraft): FoundCompany | null => (company === null ? null : (companies.found.get(company) ?? null))
  return (draft) => ({ draft, company: companyOf(draft), tagIds: tagsOf(draft) })
}

async function create({ scope, settings, result }: Storing, rows: readonly Row[], named: Named): Promise<void> {
  const planned = rows.map((row) => ({ row, contact: newContact(named(row.draft), settings.ownerId ?? null) }))
  const storing = insertContacts(
    scope.db,
    planned.map(({ contact }) => contact),
  )
  storing.catch(() => undefined)
  // It is on its way: the rest is made ready while PostgreSQL stores.
  await nextTurn()
  await scope.emitAll(planned.map(({ contact: { id, ...fields } }) => contactCreated({ contactId: id, ...fields, source: 'import' })))
  for (const { row, contact } of planned) result.outcomes.push({ ordinal: row.number, recordId: contact.id, outcome: 'changed', versions: [1, 1] })
  await storing
}

async function update({ scope, settings, result }: Storing, known: readonly Known[], named: Named): Promise<void> {
  const planned = known.map(({ row, current }) => ({ row, current, changes: changesBy(named(row.draft), current, settings.policy) }))
  await updateContacts(
    scope.db,
    planned.flatMap(({ current, changes }) => (changes ? [{ current, changes }] : [])),
  )
  await scope.emitAll(planned.flatMap(({ current, changes }) => (changes ? [contactUpdated({ contactId: current.id, changes })] : [])))
  for (const { row, current, changes } of planned) {
    const version = current.version + 1
    if (changes) result.outcomes.push({ ordinal: row.number, recordId: current.id, outcome: 'changed', versions: [version, version] })
    else result.outcomes.push({ ordinal: row.number, recordId: current.id, outcome: 'unchanged' })
  }
}
