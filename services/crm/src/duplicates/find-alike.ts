import type { Company, CompanyLikeness, Contact, ContactLikeness, MergeRecord } from '@ai-crm/contracts'
import type { CountryCode } from 'libphonenumber-js/max'
import { sql } from 'kysely'
import { normalDomain } from '../companies/domain.ts'
import { readPhone } from '../contacts/phone-number.ts'
import type { Ctx, Db } from '../ctx.ts'
import { type MergeableRecord, readCompanies, readContacts } from '../merges/lock-records.ts'
import { alike } from './match-records.ts'
import { reasonsInSight } from './reasons-in-sight.ts'
import { judge, type Comparison } from './score.ts'
import { traitsOfCompany, traitsOfContact, type Trait } from './traits.ts'

const SHOWN = 5

interface Likeness<Item> {
  readonly items: { record: Item; score: number; reasons: string[] }[]
}

/** Who it may be that somebody is typing in; `country`: where phones are of that name none. What has not been looked at yet is found by its addresses. */
export async function findContactsLike(
  ctx: Ctx,
  { name = '', email, phone, telegram, company }: ContactLikeness,
  country: CountryCode | null,
): Promise<Likeness<Contact>> {
  const [foldedName = '', foldedCompany = ''] = await folded(ctx.db, [name, company ?? ''])
  const phones = phone ? [{ ...readPhone(phone, country), label: null }] : []
  const username = telegram?.replace(/^@/, '') ?? null
  const asked = {
    foldedName,
    foldedCompany: foldedCompany === '' ? null : foldedCompany,
    email: email?.toLowerCase() ?? null,
    phone: phone ?? null,
    phones,
    emails: email ? [{ address: email, label: null }] : [],
    telegrams: username === null ? [] : [{ id: null, username, label: null }],
  }
  return found(ctx, 'contact', traitsOfContact(asked), asked.email, readContacts)
}

export async function findCompaniesLike(ctx: Ctx, { name = '', domain, phone }: CompanyLikeness): Promise<Likeness<Company>> {
  const [foldedName = ''] = await folded(ctx.db, [name])
  const host = domain ? normalDomain(domain) : null
  return found(ctx, 'company', traitsOfCompany({ foldedName, domains: host === null ? [] : [host], phone: phone ?? null }), null, readCompanies)
}

async function folded(db: Db, texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{
    folded: string
  }>`select crm.fold_text(given) as folded from unnest(${texts}::text[]) with ordinality as parts (given, nth) order by nth`.execute(db)
  return rows.map((row) => row.folded)
}

async function found<Item extends MergeableRecord['item']>(
  ctx: Ctx,
  record: MergeRecord,
  traits: readonly Trait[],
  email: string | null,
  read: (ctx: Ctx, db: Db, ids: readonly string[]) => Promise<MergeableRecord<Item>[]>,
): Promise<Likeness<Item>> {
  const shown = new Set(reasonsInSight(ctx, record))
  const judged = (await compare(ctx.db, record, traits, email)).flatMap(({ id, ...comparison }) => {
    const verdict = judge(record, comparison)
    const reasons = verdict?.reasons.filter((reason) => shown.has(reason)) ?? []
    return verdict && reasons.length > 0 ? [{ id, score: verdict.score, reasons }] : []
  })
  const best = judged.toSorted((a, b) => b.score - a.score).slice(0, 4 * SHOWN)
  const records = await read(
    ctx,
    ctx.db,
    best.map(({ id }) => id),
  )
  const items = best.flatMap(({ id, score, reasons }) => {
    const seen = records.find((each) => each.id === id && !each.isDeleted && each.mayRead)
    return seen ? [{ record: seen.item, score, reasons }] : []
  })
  return { items: items.slice(0, SHOWN) }
}

/** Bounded by what is typed: a few values, each of which counts only as long as few have it. */
async function compare(db: Db, record: MergeRecord, traits: readonly Trait[], email: string | null): Promise<(Comparison & { id: string })[]> {
  const called = traits.find(({ kind }) => kind === 'called')?.value ?? ''
  const asked = sql`select kind, value, 0 as key from jsonb_to_recordset(${JSON.stringify(traits)}::jsonb) as given (kind text, value text)`
  const { rows } = await sql<Comparison & { id: string }>`
    select found.record_id as id, found.kinds, coalesce(crm.name_likeness(other.value, ${called}), 0)::float8 as likeness
      from (${alike(record, asked)}) as found
      left join record_trait as other on other.record_id = found.record_id and other.kind = 'called'
    union all
    select contact_id, array['email'], 1::float8 from contact_address where ${record === 'contact'} and kind = 'email' and value = ${email}
    limit 200`.execute(db)
  // Whoever is known by the address and by something else is one; how alike the names are says the one that was compared.
  return [...Map.groupBy(rows, ({ id }) => id)].map(([id, found]) => ({
    id,
    kinds: found.flatMap(({ kinds }) => kinds),
    likeness: Math.min(...found.map(({ likeness }) => likeness)),
  }))
}
