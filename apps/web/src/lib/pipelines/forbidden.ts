import type { Me, MoveObstacle, Stage } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import type { PlacedStage } from './stages.ts'

interface Asked {
  readonly from: string
  readonly to: PlacedStage
  readonly me: Pick<Me, 'role' | 'customRole'>
  /** How many deals stand there, where that is known. */
  readonly count?: number | undefined
}

/**
 * Why a deal may not enter a stage, as far as its rules alone say: shown before anybody tries. What the deal has to keep (fields,
 * tasks) the server says, which judges every move.
 */
export function forbiddenBy({ from, to, me, count }: Asked): MoveObstacle | null {
  if (from === to.id) return null
  const { enteredFrom, movers, wipLimit } = to.rules
  const isOfRole = movers === null || movers.includes(me.role) || (me.customRole !== null && movers.includes(me.customRole.id))
  if (!isOfRole) return { rule: 'not-this-role', field: null, detail: '' }
  if (enteredFrom !== null && !enteredFrom.includes(from)) return { rule: 'not-from-here', field: null, detail: '' }
  if (wipLimit !== null && count !== undefined && count >= wipLimit) return { rule: 'stage-full', field: null, detail: String(wipLimit) }
  return null
}

/** Why, in the reader's language, with the stages from which it is entered and how many may stand there. */
export function forbiddenText(t: TFunction, { rule }: MoveObstacle, to: PlacedStage, nameOf: (stage: Stage) => string): string {
  const { enteredFrom, wipLimit } = to.rules
  if (rule === 'stage-full') return t('pipelines.fullAt', { count: wipLimit ?? 0 })
  if (rule !== 'not-from-here' || to.pipeline === null) return t(`pipelines.obstacles.${rule}`, { detail: '' })
  const names = to.pipeline.stages.filter(({ id }) => enteredFrom?.includes(id)).map((stage) => `“${nameOf(stage)}”`)
  return names.length === 0 ? t('pipelines.enteredFromNone') : t('pipelines.enteredFromOnly', { stages: names.join(', ') })
}
