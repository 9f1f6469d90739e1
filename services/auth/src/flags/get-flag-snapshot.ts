import type { FlagSnapshot } from '@ai-crm/contracts'
import type { PublicCtx } from '../ctx.ts'
import { effectiveOf } from './decision.ts'
import { readFlagVersion } from './flag-version.ts'

const MOST_OVERRIDES = 5_000

/** What changed after a version, or null for nothing. From a version that was never there (another database was restored), everything. */
export async function getFlagSnapshot({ db }: Pick<PublicCtx, 'db'>, after: number): Promise<FlagSnapshot | null> {
  // Read first: what is changed meanwhile is told, and told again with the next answer.
  const version = await readFlagVersion(db)
  if (version === after) return null
  const from = after > version ? 0 : after
  const [settings, rows] = await Promise.all([
    db.selectFrom('flagSetting').select(['flag', 'isKilled', 'percentage']).execute(),
    db
      .selectFrom('flagOverride')
      .select(['tenantId as organizationId', 'flag', 'isOn', 'operatorIsOn', 'version'])
      .where('version', '>', from)
      .where('version', '<=', version)
      .orderBy('version')
      .limit(MOST_OVERRIDES + 1)
      .execute(),
  ])
  const overrides = rows.slice(0, MOST_OVERRIDES)
  const last = overrides.at(-1)
  const hasMore = rows.length > MOST_OVERRIDES
  return {
    version: hasMore && last ? last.version : version,
    isWhole: from === 0,
    hasMore,
    settings,
    overrides: overrides.map(({ organizationId, flag, ...decisions }) => ({ organizationId, flag, isOn: effectiveOf(decisions) })),
  }
}
