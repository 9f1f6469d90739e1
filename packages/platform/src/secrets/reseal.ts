import { sql } from 'kysely'
import type { Ctx, PublicCtx } from '../context.ts'
import type { SealedColumn } from './sealed-column.ts'
import { seal, unseal } from './seal.ts'

const AT_ONCE = 100

export interface Resealed {
  /** Sealed anew with the current master secret. */
  readonly resealed: number
  /** Sealed with it before. */
  readonly current: number
  /** That no secret opens; they stay as they are. */
  readonly lost: number
}

type Sealer = Pick<Ctx, 'db' | 'write' | 'signal' | 'deriveKey' | 'deriveKeys'> | Pick<PublicCtx, 'db' | 'write' | 'signal' | 'deriveKey' | 'deriveKeys'>

interface SealedRow {
  readonly key: string
  readonly sealed: Buffer
  readonly boundTo: readonly string[]
}

/**
 * Seals with the current master secret what the other one sealed, in one organisation (empty: of the installation). Live: a row that
 * somebody changes meanwhile keeps what they wrote, which is sealed with the current one already. May stop anywhere and run again.
 */
export async function reseal(ctx: Sealer, column: SealedColumn, organizationId: string): Promise<Resealed> {
  const counts = { resealed: 0, current: 0, lost: 0 }
  for (let after: string | null = null; ;) {
    ctx.signal.throwIfAborted()
    const rows = await nextRows(ctx, column, after)
    const changed: { row: SealedRow; anew: Buffer }[] = []
    for (const row of rows) {
      const state = sealedAnew(ctx, column, organizationId, row)
      if (typeof state === 'string') counts[state] += 1
      else changed.push({ row, anew: state })
    }
    counts.resealed += await store(ctx, column, changed)
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return counts
    after = last.key
  }
}

async function nextRows(ctx: Sealer, { table, column, key, boundTo = [] }: SealedColumn, after: string | null): Promise<readonly SealedRow[]> {
  const [sealed, id] = [sql.ref(column), sql.ref(key)]
  const bound = sql.join(
    boundTo.map((name) => sql`${sql.ref(name)}::text`),
    sql`, `,
  )
  const { rows } = await sql<SealedRow>`
    select ${id}::text as "key", ${sealed} as "sealed", array[${bound}]::text[] as "boundTo" from ${sql.table(table)}
    where octet_length(${sealed}) > 0 and ${after === null ? sql`true` : sql`${id} > ${after}`}
    order by ${id} limit ${AT_ONCE}`.execute(ctx.db)
  return rows
}

function sealedAnew(ctx: Sealer, column: SealedColumn, organizationId: string, { key, sealed, boundTo }: SealedRow): Buffer | 'current' | 'lost' {
  const purpose = column.purpose(organizationId)
  const binding = column.binding(organizationId, key, ...boundTo)
  const [current, ...others] = [ctx.deriveKey(purpose), ...ctx.deriveKeys(purpose).slice(1)]
  if (opened([current], binding, sealed) !== null) return 'current'
  const text = opened(others, binding, sealed)
  return text === null ? 'lost' : seal(current, binding, text)
}

function opened(keys: readonly Buffer[], binding: string, sealed: Buffer): string | null {
  try {
    return unseal(keys, binding, sealed)
  } catch {
    return null
  }
}

/** What somebody has changed since it was read is not touched. */
async function store(ctx: Sealer, { table, column, key }: SealedColumn, changed: readonly { row: SealedRow; anew: Buffer }[]): Promise<number> {
  if (changed.length === 0) return 0
  const [kept, id] = [sql.ref(`kept.${column}`), sql.ref(`kept.${key}`)]
  return ctx.write(async ({ db }: { db: Sealer['db'] }) => {
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} as kept set ${sql.ref(column)} = given.anew
        from unnest(${changed.map(({ row }) => row.key)}::text[], ${changed.map(({ row }) => row.sealed)}::bytea[], ${changed.map(({ anew }) => anew)}::bytea[])
             as given (key, sealed, anew)
       where ${id}::text = given.key and ${kept} = given.sealed`.execute(db)
    return Number(numAffectedRows ?? 0)
  })
}
