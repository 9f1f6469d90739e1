import { customFieldIdOf, type CustomValues, type MoveObstacle } from '@ai-crm/contracts'
import type { StageRow } from './stage.ts'

/** A deal as it would be after the move. */
export type MovedDeal = Readonly<Record<string, unknown>> & { readonly custom: CustomValues }

export interface MoveFacts {
  /** Of whoever moves it, as `movers` names roles; null: it is done for the organisation. */
  readonly role: string | null
  /** Living custom fields that the stage may demand, by their ids. */
  readonly labels: ReadonlyMap<string, string>
  /** Custom fields that demand by themselves to have a value in this stage. */
  readonly demanded: readonly string[]
  /** Whether the role of whoever moves it hides the field: then it is not told which one is missing. */
  readonly isHidden: (key: string) => boolean
  /** Other deals in the stage; asked only where it has a limit. */
  readonly standing: number
  /** Titles of open tasks that the deal got in the stage that it leaves. */
  readonly openTasks: readonly string[]
}

/** Every reason why the deal may not enter the stage; `from` is null for a new one. The same for whoever moves it, and in whatever way. */
export function judgeMove(deal: MovedDeal, from: StageRow | null, to: StageRow, facts: MoveFacts): MoveObstacle[] {
  const { enteredFrom, movers, wipLimit } = to.rules
  const isFromHere = from !== null && from.pipelineId === to.pipelineId && (enteredFrom ?? []).includes(from.id)
  return [
    ...(to.retiredInto === null ? [] : [obstacle('stage-retired', `There is no stage ${to.name} any more.`)]),
    ...(enteredFrom === null || isFromHere ? [] : [obstacle('not-from-here', from === null ? 'No deal begins here.' : `Not from ${from.name}.`)]),
    ...(movers === null || facts.role === null || movers.includes(facts.role) ? [] : [obstacle('not-this-role', 'Your role does not move deals here.')]),
    ...missing(deal, to, facts),
    ...(wipLimit === null || facts.standing < wipLimit ? [] : [obstacle('stage-full', `At most ${wipLimit} deals stand here at once.`)]),
    ...(from !== null && goesOn(from, to) ? facts.openTasks.map((title) => obstacle('open-task', title)) : []),
  ]
}

const obstacle = (rule: MoveObstacle['rule'], detail: string, field: string | null = null): MoveObstacle => ({ rule, field, detail })

/** Neither back nor lost: then what was to be done has to be done. */
const goesOn = (from: StageRow, to: StageRow): boolean =>
  to.kind === 'won' || (to.kind === 'open' && (from.pipelineId !== to.pipelineId || to.position > from.position))

function missing(deal: MovedDeal, to: StageRow, { labels, demanded, isHidden }: MoveFacts): MoveObstacle[] {
  const keys = new Set([...to.rules.requiredFields, ...demanded.map((id) => `custom.${id}`)])
  return [...keys].flatMap((key) => {
    const customId = customFieldIdOf(key)
    const label = customId === null ? key : labels.get(customId)
    // A field that was deleted demands nothing.
    if (label === undefined || !isEmpty(customId === null ? deal[key] : deal.custom[customId])) return []
    return [isHidden(key) ? obstacle('required-field', 'A field that your role does not show has no value.') : obstacle('required-field', label, key)]
  })
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
