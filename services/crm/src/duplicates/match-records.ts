import type { MergeRecord } from '@ai-crm/contracts'
import { sql, type RawBuilder } from 'kysely'
import type { Ctx, Db } from '../ctx.ts'
import { judge } from './score.ts'
import { traitsOfCompany, traitsOfContact, type Trait, type TraitKind } from './traits.ts'

/** What more records than this have in common says nothing about any two of them. */
export const MAX_ALIKE = 30
/** Of a batch: more pairs than anybody looks through. */
const MAX_PAIRS = 5_000

/** Looks at the records as they are now: keeps what they are compared by, and which others they look like. What somebody said of a pair stays. */
export async function matchWithin(ctx: Ctx, db: Db, record: MergeRecord, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  // One after the other in an organisation: two that look like each other would not see one another's traits.
  await sql`select pg_advisory_xact_lock(hashtextextended('crm.match:' || ${ctx.organizationId}::text || ${record}::text, 0))`.execute(db)
  const traits = record === 'contact' ? await contactTraits(db, ids) : await companyTraits(db, ids)
  await keepTraits(db, record, ids, traits)
  await keepPairs(db, record, ids, await comparePairs(db, record, ids))
}

type Traits = readonly (Trait & { readonly recordId: string })[]

async function contactTraits(db: Db, ids: readonly string[]): Promise<Traits> {
  const rows = await db
    .selectFrom('contact')
    .select(['id', 'sortName as foldedName', 'sortCompany as foldedCompany', 'email', 'emails', 'phone', 'phones', 'telegrams'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.flatMap((row) => traitsOfContact(row).map((trait) => ({ ...trait, recordId: row.id })))
}

async function companyTraits(db: Db, ids: readonly string[]): Promise<Traits> {
  const rows = await db
    .selectFrom('company')
    .select(['id', 'sortName as foldedName', 'domains', 'phone'])
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.flatMap((row) => traitsOfCompany(row).map((trait) => ({ ...trait, recordId: row.id })))
}

async function keepTraits(db: Db, record: MergeRecord, ids: readonly string[], traits: Traits): Promise<void> {
  const given = sql`select kind, value, record_id from jsonb_to_recordset(${JSON.stringify(
    traits.map(({ kind, value, recordId }) => ({ kind, value, record_id: recordId })),
  )}::jsonb) as given (kind text, value text, record_id uuid)`
  await Promise.all([
    sql`delete from record_trait as kept where kept.record_id = any(${ids}::uuid[])
          and not exists (select from (${given}) as given where given.record_id = kept.record_id and given.kind = kept.kind and given.value = kept.value)`.execute(
      db,
    ),
    sql`insert into record_trait (record, kind, value, record_id) select ${record}, kind, value, record_id from (${given}) as given
        on conflict do nothing`.execute(db),
  ])
}

/** Others that have something in common with the asked, and what: `asked (kind, value, key)` is a query. */
export const alike = (record: MergeRecord, asked: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select asked.key, member.record_id, array_agg(distinct asked.kind) as kinds
    from (${asked}) as asked
   cross join lateral (
     select array_agg(found.record_id) as ids from (
       select trait.record_id from record_trait as trait
        where trait.record = ${record} and trait.kind = asked.kind and trait.value = asked.value limit ${MAX_ALIKE + 1}
     ) as found
   ) as shared
   cross join lateral unnest(shared.ids) as member (record_id)
   where asked.kind <> 'called' and cardinality(shared.ids) <= ${MAX_ALIKE}
   group by asked.key, member.record_id`

interface Pair {
  readonly oneId: string
  readonly otherId: string
  readonly score: number
  readonly reasons: readonly string[]
}

/** Which others the records look like, by what is kept of both. */
export async function comparePairs(db: Db, record: MergeRecord, ids: readonly string[]): Promise<Pair[]> {
  const asked = sql`select kind, value, record_id as key from record_trait where record = ${record} and record_id = any(${ids}::uuid[])`
  const { rows } = await sql<{ oneId: string; otherId: string; kinds: TraitKind[]; likeness: number }>`
    with found as (
      select least(key, record_id) as one_id, greatest(key, record_id) as other_id, kinds from (${alike(record, asked)}) as found where key <> record_id
    ), pair as (
      select distinct on (one_id, other_id) one_id, other_id, kinds from found order by one_id, other_id limit ${MAX_PAIRS}
    )
    select pair.one_id as "oneId", pair.other_id as "otherId", pair.kinds, coalesce(crm.name_likeness(one.value, other.value), 0)::float8 as likeness
      from pair
      left join record_trait as one on one.record_id = pair.one_id and one.kind = 'called'
      left join record_trait as other on other.record_id = pair.other_id and other.kind = 'called'`.execute(db)
  return rows.flatMap(({ oneId, otherId, kinds, likeness }) => {
    const verdict = judge(record, { kinds, likeness })
    return verdict ? [{ oneId, otherId, ...verdict }] : []
  })
}

async function keepPairs(db: Db, record: MergeRecord, ids: readonly string[], pairs: readonly Pair[]): Promise<void> {
  const given = sql`select one_id, other_id, score, reasons from jsonb_to_recordset(${JSON.stringify(
    pairs.map(({ oneId, otherId, score, reasons }) => ({ one_id: oneId, other_id: otherId, score, reasons })),
  )}::jsonb) as given (one_id uuid, other_id uuid, score integer, reasons text[])`
  await Promise.all([
    sql`delete from duplicate_pair as kept where kept.status = 'open' and (kept.one_id = any(${ids}::uuid[]) or kept.other_id = any(${ids}::uuid[]))
          and not exists (select from (${given}) as given where given.one_id = kept.one_id and given.other_id = kept.other_id)`.execute(db),
    sql`insert into duplicate_pair (record, one_id, other_id, score, reasons)
        select ${record}, one_id, other_id, score, reasons from (${given}) as given order by one_id, other_id
        on conflict (organization_id, one_id, other_id) do update set score = excluded.score, reasons = excluded.reasons
          where (duplicate_pair.score, duplicate_pair.reasons) is distinct from (excluded.score, excluded.reasons)`.execute(db),
  ])
}
