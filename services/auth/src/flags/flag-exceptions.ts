import { definitionOf, flagOf, type FlagException, type FlagKey, type PageQuery } from '@ai-crm/contracts'
import { decodeCursor, encodeCursor, evaluateFlag, learn, NOTHING_KNOWN, notFound } from '@ai-crm/platform'
import { z } from 'zod'
import type { Ctx, Db } from '../ctx.ts'
import { exceptionNeedsOrganizations } from './errors.ts'
import { effectiveOf, tellWho, type Decisions } from './decision.ts'

export interface Place {
  readonly id: string
  readonly slug: string
}

/** The flag, where there can be exceptions from it. Throws `notFound` (404), `exceptionNeedsOrganizations` (400). */
export function flagWithExceptions(name: string): FlagKey {
  const { key, definition } = flagOf(name) ?? {}
  if (!key || !definition) throw notFound('flag')
  if (definition.scope === 'installation') throw exceptionNeedsOrganizations()
  return key
}

/** By mail name or id. Operators know organisations by nothing else: names of customers are not theirs to browse. */
export async function findPlace(db: Db, organization: string): Promise<Place> {
  const isId = z.uuid().safeParse(organization).success
  const found = await db
    .selectFrom('organizationSlug')
    .select(['takenBy as id', 'slug'])
    .where(isId ? 'takenBy' : 'slug', '=', organization.toLowerCase())
    .executeTakeFirst()
  if (!found) throw notFound('organization')
  return found
}

/** One organisation, as the store has it now. */
export async function getFlagException({ db }: Pick<Ctx, 'db'>, params: { flag: string; organization: string }): Promise<FlagException> {
  const key = flagWithExceptions(params.flag)
  const place = await findPlace(db, params.organization)
  const [setting, row] = await Promise.all([
    readSetting(db, key),
    db.selectFrom('flagOverride').select(COLUMNS).where('tenantId', '=', place.id).where('flag', '=', key).executeTakeFirst(),
  ])
  return toException(key, place, setting, row)
}

const Position = z.tuple([z.uuid()])
const COLUMNS = ['isOn', 'operatorIsOn', 'version'] as const

/** Where the operator decided, by id. */
export async function listFlagExceptions(ctx: Ctx, name: string, { limit, cursor }: PageQuery): Promise<{ items: FlagException[]; nextCursor: string | null }> {
  const key = flagWithExceptions(name)
  const after = cursor === undefined ? null : Position.parse(decodeCursor(ctx, `flag-exceptions:${key}`, cursor))[0]
  const [setting, rows] = await Promise.all([
    readSetting(ctx.db, key),
    ctx.db
      .selectFrom('flagOverride')
      .innerJoin('organizationSlug', 'organizationSlug.takenBy', 'flagOverride.tenantId')
      .select(['tenantId as id', 'slug', ...COLUMNS])
      .where('flag', '=', key)
      .where('operatorIsOn', 'is not', null)
      .$if(after !== null, (query) => query.where('tenantId', '>', after ?? ''))
      .orderBy('tenantId')
      .limit(limit + 1)
      .execute(),
  ])
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  return {
    items: page.map(({ id, slug, ...row }) => toException(key, { id, slug }, setting, row)),
    nextCursor: last ? encodeCursor(ctx, `flag-exceptions:${key}`, [last.id]) : null,
  }
}

interface Row extends Decisions {
  readonly version: number
}
type Setting = { readonly flag: string; readonly isKilled: boolean; readonly percentage: number | null } | undefined

const readSetting = (db: Db, key: FlagKey): Promise<Setting> =>
  db.selectFrom('flagSetting').select(['flag', 'isKilled', 'percentage']).where('flag', '=', key).executeTakeFirst()

function toException(key: FlagKey, organization: Place, setting: Setting, row: Row | undefined): FlagException {
  const overrides = row ? [{ flag: key, organizationId: organization.id, isOn: effectiveOf(row) }] : []
  const known = learn(NOTHING_KNOWN, { version: 0, isWhole: true, hasMore: false, settings: setting ? [setting] : [], overrides })
  const verdict = tellWho(evaluateFlag(key, definitionOf(key), known, organization.id), row)
  return { organization, ...verdict, own: row?.isOn ?? null, operator: row?.operatorIsOn ?? null, version: row?.version ?? 0 }
}
