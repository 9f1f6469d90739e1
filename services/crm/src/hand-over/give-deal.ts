import { dealUpdated, HandOverInput } from '@ai-crm/contracts'
import { strangersAmong } from '@ai-crm/platform'
import { sql } from 'kysely'
import type { Scope } from '../ctx.ts'
import { handOverOf, lockWonDeal, NOW, type Refused } from './won-deal.ts'

/** The deal becomes whose the plan says. It is noted whose it was. */
export async function giveDeal(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<Refused | void> {
  const { handOverId: id, dealId, ownerId } = HandOverInput.parse(input)
  const deal = await lockWonDeal(scope.db, dealId)
  if ('refused' in deal) return deal
  const ownerToId = ownerId ?? deal.ownerId
  if (ownerId !== null && (await strangersAmong({}, scope.db, [ownerId])).length > 0) return { refused: 'owner-left' }
  await scope.db.insertInto('handOver').values({ id, dealId, ownerFromId: deal.ownerId, ownerToId }).execute()
  await setOwner(scope, dealId, { from: deal.ownerId, to: ownerToId })
}

/** Unless somebody has given it to another one since. To nobody where whose it was has left. */
export async function giveBackDeal(scope: Scope, input: Readonly<Record<string, unknown>>): Promise<void> {
  const { handOverId, dealId } = HandOverInput.parse(input)
  const given = await handOverOf(scope.db, handOverId)
  const deal = await scope.db.selectFrom('deal').select('ownerId').where('id', '=', dealId).forUpdate().executeTakeFirst()
  if (!given || !deal || deal.ownerId !== given.ownerToId) return
  const { ownerFromId } = given
  const hasLeft = ownerFromId !== null && (await strangersAmong({}, scope.db, [ownerFromId])).length > 0
  await setOwner(scope, dealId, { from: deal.ownerId, to: hasLeft ? null : ownerFromId })
}

/** A deleted deal changes hands as well: whoever restores it finds it whose it was. */
async function setOwner({ db, emit }: Pick<Scope, 'db' | 'emit'>, dealId: string, owner: { from: string | null; to: string | null }): Promise<void> {
  if (owner.from === owner.to) return
  await db
    .updateTable('deal')
    .set({ ownerId: owner.to, version: sql<number>`version + 1`, updatedAt: NOW })
    .where('id', '=', dealId)
    .execute()
  await emit(dealUpdated({ dealId, changes: { ownerId: owner } }))
}
