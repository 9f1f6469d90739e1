import { MoveObstacle, ProblemError } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'
import { z } from 'zod'

const REFUSED = 'crm.deal.move_refused'
const Context = z.object({ obstacles: z.array(MoveObstacle) })

/** Why the rules of a stage refused a move; null where they did not. */
export function obstaclesIn(error: Error | null): readonly MoveObstacle[] | null {
  if (!(error instanceof ProblemError) || error.code !== REFUSED) return null
  return Context.safeParse(error.problem.context).data?.obstacles ?? []
}

/** In the reader's language; fields that are no custom ones by their name. */
export function obstacleText(t: TFunction, { rule, field, detail }: MoveObstacle): string {
  if (rule !== 'required-field') return t(`pipelines.obstacles.${rule}`, { detail })
  return t('pipelines.obstacles.required-field', { detail: field?.startsWith('custom.') ? detail : t(`lists.fields.${field ?? ''}`, detail) })
}
