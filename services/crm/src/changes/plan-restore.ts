import type { ListRecord } from '@ai-crm/contracts'
import { AppError } from '@ai-crm/platform'
import { domainTaken } from '../companies/errors.ts'
import { emailTaken, telegramTaken } from '../contacts/errors.ts'
import type { Ctx, Db } from '../ctx.ts'
import { isLocked } from './field-locks.ts'
import type { LetGo, LetGoKind } from './let-go.ts'
import type { LockedRecord, StateOf } from './lock-records.ts'
import { type Change, NOTHING, type Plan } from './plan.ts'
import { findReferences, livingPeople, namedIn, type References } from './references.ts'

type Fields = Readonly<Record<string, unknown>>
type Locked = LockedRecord<StateOf[ListRecord]>

/** Of each field, what of its value is still there; `taken` says whose an address is by now. */
interface Rest {
  readonly value: unknown
  readonly taken?: AppError
}

/**
 * Brings deleted records back as they were: what they named and is gone is let go of, in the same step. Addresses and domains that
 * somebody else has by now are a reason to leave the record where it is, unless `withoutTaken`. Throws `emailTaken`, `telegramTaken`,
 * `domainTaken` (409) for such a record.
 */
export async function planRestore(ctx: Ctx, db: Db, record: ListRecord, records: readonly Locked[], withoutTaken: boolean): Promise<(locked: Locked) => Plan> {
  const values = records.flatMap(({ state }) => Object.entries<unknown>({ ...state }).map(([field, value]) => ({ field, value })))
  const references = await findReferences(db, namedIn(values))
  return ({ state, isDeleted }) => {
    if (!isDeleted) return NOTHING
    const fields: Fields = { ...state }
    const changes: Record<string, Change> = {}
    for (const [field, rest] of RESTS[record]) {
      const { value, taken } = rest(fields, references)
      if (taken && !withoutTaken) throw isLocked(ctx, record, field) ? untold(taken) : taken
      if (JSON.stringify(value) !== JSON.stringify(fields[field])) changes[field] = { from: fields[field], to: value }
    }
    return { changes, custom: null, life: 'restored', letGo: droppedBy(record, changes) }
  }
}

/** Whose addresses a role hides learns that one is taken, and not which. */
const untold = ({ code, status }: AppError): AppError => new AppError(code, status, 'Somebody else has one of its addresses by now.')

const LINKS: Readonly<Record<ListRecord, Readonly<Record<string, LetGoKind>>>> = {
  contact: { companyId: 'company-of-contact' },
  company: { parentId: 'parent-of-company' },
  deal: { companyId: 'company-of-deal' },
}

function droppedBy(record: ListRecord, changes: Plan['changes']): LetGo[] {
  const links = Object.entries(LINKS[record]).flatMap(([field, kind]): LetGo[] => {
    const from = changes[field]?.from
    return typeof from === 'string' ? [{ kind, namedId: from, role: null }] : []
  })
  const there = new Set(listOf(changes['contacts']?.to).map((item) => partOf(item, 'contactId')))
  const gone = listOf(changes['contacts']?.from).filter((item) => !there.has(partOf(item, 'contactId')))
  return [...links, ...gone.map((item): LetGo => ({ kind: 'contact-of-deal', namedId: partOf(item, 'contactId'), role: partOf(item, 'role') || null }))]
}

type RestOf = (fields: Fields, references: References) => Rest

const owner: RestOf = ({ ownerId }, { strangers }) => ({ value: typeof ownerId === 'string' && strangers.has(ownerId) ? null : ownerId })
const tags: RestOf = ({ tagIds }, references) => ({ value: listOf(tagIds).filter((id) => references.tags.has(String(id))) })
const reference =
  (field: string): RestOf =>
  (fields, { companies }) => ({ value: typeof fields[field] === 'string' ? (companies.get(fields[field])?.id ?? null) : fields[field] })

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const partOf = (item: unknown, part: string): string => String((typeof item === 'object' && item !== null ? Reflect.get(item, part) : null) ?? '')
const keyOf = (item: unknown): string => partOf(item, 'address').trim().toLowerCase()

const emails: RestOf = (fields, { ownerOf }) => {
  const isTaken = (item: unknown) => ownerOf('email', keyOf(item)) !== undefined
  const taken = listOf(fields['emails']).find(isTaken)
  return { value: listOf(fields['emails']).filter((item) => !isTaken(item)), ...(taken ? { taken: emailTaken(keyOf(taken), '/emails') } : {}) }
}
const telegrams: RestOf = (fields, { ownerOf }) => {
  const isTaken = (item: unknown) => ownerOf('telegram', partOf(item, 'id')) !== undefined
  const taken = listOf(fields['telegrams']).find(isTaken)
  const value = listOf(fields['telegrams']).filter((item) => !isTaken(item))
  return { value, ...(taken ? { taken: telegramTaken(partOf(taken, 'id'), '/telegrams') } : {}) }
}
/** The first of those that are left. */
const email: RestOf = (fields, references) => {
  const [first] = listOf(emails(fields, references).value)
  return { value: first === undefined ? null : keyOf(first) }
}
const domains: RestOf = (fields, { ownerOf }) => {
  const all = namedIn([{ field: 'domains', value: fields['domains'] }]).domains
  const taken = all.find((domain) => ownerOf('domain', domain) !== undefined)
  return { value: all.filter((domain) => ownerOf('domain', domain) === undefined), ...(taken === undefined ? {} : { taken: domainTaken(taken, 0) }) }
}
/** A linked company names itself, as it is called by now. */
const companyName: RestOf = ({ company, companyId }, { companies }) => ({
  value: (typeof companyId === 'string' ? companies.get(companyId)?.name : undefined) ?? company,
})
const people: RestOf = (fields, references) => ({ value: livingPeople(references, listOf(fields['contacts']), () => false) })

const RESTS: Readonly<Record<ListRecord, readonly (readonly [field: string, RestOf])[]>> = {
  contact: [
    ['emails', emails],
    ['telegrams', telegrams],
    ['email', email],
    ['companyId', reference('companyId')],
    ['company', companyName],
    ['ownerId', owner],
    ['tagIds', tags],
  ],
  company: [
    ['domains', domains],
    ['parentId', reference('parentId')],
    ['ownerId', owner],
    ['tagIds', tags],
  ],
  deal: [
    ['companyId', reference('companyId')],
    ['contacts', people],
    ['ownerId', owner],
    ['tagIds', tags],
  ],
}
