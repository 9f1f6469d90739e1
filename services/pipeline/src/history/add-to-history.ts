import type { Scope } from '../ctx.ts'
import { lockDeal, storeStep } from './deal-state.ts'
import { foldDeal, type DealEvent, type Step } from './fold-deal.ts'
import { toldFact } from './told-fact.ts'

/** What the event adds to the history, and nothing else: the history can be made anew by folding again. */
export async function addToHistory({ db }: Pick<Scope, 'db'>, event: DealEvent): Promise<Step | null> {
  const { deal, firstPipelineId } = await lockDeal(db, event.data.dealId)
  const step = foldDeal(deal, event, firstPipelineId)
  if (!step) return null
  await storeStep(db, step)
  const fact = toldFact(deal, step, event)
  if (fact) await db.insertInto('dealFact').values(fact).execute()
  return step
}
