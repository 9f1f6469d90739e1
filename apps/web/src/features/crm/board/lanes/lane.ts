import { CUSTOM_PREFIX, type BoardLane, type FilterNode, type Group } from '@ai-crm/contracts'
import type { MoveFields } from '../../deals/move/demanded-form.ts'
import { withConditions } from '../../lists/filter-tree.ts'
import { conditionOf, isGroupable } from '../../lists/groups.ts'
import type { ShownField } from '../../lists/offered-fields.ts'
import { askedOf, type Asked } from '../board-queries.ts'

/** What stands together because a field has the same value. */
export interface Lane {
  readonly id: string
  readonly label: string
  readonly count: number
  readonly asked: Asked
  /** What a deal that is put into the lane gets; null where putting it there cannot say that. */
  readonly fields: MoveFields | null
}

/** Stages make columns, not lanes. */
export const makesLanes = (field: ShownField): boolean => isGroupable(field) && !['stage', 'stageKind', 'pipelineId'].includes(field.key)

interface Narrowed {
  readonly search?: string | undefined
  readonly filter?: FilterNode | undefined
  readonly owner?: Asked['owner'] | undefined
}

export function laneOf(field: ShownField, { value, columns }: BoardLane, narrowed: Narrowed, labelOf: (group: Group) => string): Lane {
  const told = value === null ? null : String(value)
  const count = columns.reduce((sum, { totals }) => sum + totals.count, 0)
  return {
    id: told ?? '',
    label: labelOf({ value: told, label: null, count, sums: [] }),
    count,
    asked: askedOf({ ...narrowed, filter: withConditions(narrowed.filter, [conditionOf(field, told)]) }),
    fields: fieldsOf(field, told),
  }
}

function fieldsOf({ key, kind, custom }: ShownField, value: string | null): MoveFields | null {
  if (kind === 'multiSelect' || kind === 'date' || kind === 'instant') return null
  if (custom)
    return custom.formula === null ? { custom: { [key.slice(CUSTOM_PREFIX.length)]: kind === 'checkbox' && value !== null ? value === 'true' : value } } : null
  if (key === 'ownerId') return { ownerId: value }
  return key === 'companyId' ? { companyId: value } : null
}
