import { definitionOf, FLAG_KEYS, type OrganizationFlag, type OrganizationFlags } from '@ai-crm/contracts'
import { evaluateFlag, learn, NOTHING_KNOWN, type Principal } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { effectiveOf, tellWho } from './decision.ts'
import { findOperator } from './operator.ts'

/** Every flag as it is for this organisation, by the store: also what this process has not heard of yet. */
export async function listFlags(ctx: Ctx, principal: Principal | null): Promise<OrganizationFlags> {
  const [items, operator] = await Promise.all([readFlags(ctx), findOperator(ctx, principal)])
  return { items, isOperator: operator !== null }
}

export async function readFlags({ db, organizationId }: Pick<Ctx, 'db' | 'organizationId'>): Promise<OrganizationFlag[]> {
  const [settings, mine] = await Promise.all([
    db.selectFrom('flagSetting').select(['flag', 'isKilled', 'percentage']).execute(),
    db.selectFrom('flagOverride').select(['flag', 'isOn', 'operatorIsOn']).where('tenantId', '=', organizationId).execute(),
  ])
  const overrides = mine.map(({ flag, ...decisions }) => ({ flag, isOn: effectiveOf(decisions), organizationId }))
  const known = learn(NOTHING_KNOWN, { version: 0, isWhole: true, hasMore: false, settings, overrides })
  return FLAG_KEYS.map((key) => {
    const row = mine.find(({ flag }) => flag === key)
    return { key, ...tellWho(evaluateFlag(key, definitionOf(key), known, organizationId), row), override: row?.isOn ?? null }
  })
}
