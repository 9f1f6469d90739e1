import { rulesWithin, type FieldRule, type ListRecord } from '@ai-crm/contracts'
import { useCan, useFieldRules } from '../../../../lib/session/session-store.ts'
import { useWriteReach } from '../../../../lib/session/use-may-write.ts'
import { valueIn } from '../field-value.ts'
import type { ShownField } from '../offered-fields.ts'

/** Why a cell cannot be changed; its words stand in `lists.cells.locks`. */
export type CellLock = 'computed' | 'permission' | 'reach' | 'rule' | 'companies' | 'notLost' | 'formula'

/** Told by what happens, not by people. */
const COMPUTED: ReadonlySet<string> = new Set(['source', 'createdAt', 'updatedAt', 'lastActivityAt'])

interface Rights {
  readonly canUpdate: boolean
  readonly canSeeCompanies: boolean
  readonly rules: Readonly<Record<string, FieldRule>>
  readonly reaches: (ownerId: string | null) => boolean
}

export function lockOf({ canUpdate, canSeeCompanies, rules, reaches }: Rights, { key, kind, custom }: ShownField, row: object): CellLock | null {
  if (COMPUTED.has(key)) return 'computed'
  if (custom && custom.formula !== null) return 'formula'
  if (!canUpdate) return 'permission'
  if (rules[key] !== undefined) return 'rule'
  const ownerId = valueIn(row, 'ownerId')
  if (!reaches(typeof ownerId === 'string' ? ownerId : null)) return 'reach'
  if (kind === 'relation' && !canSeeCompanies) return 'companies'
  return key === 'lostReason' && valueIn(row, 'stage') !== 'lost' ? 'notLost' : null
}

/** Says of each cell of a list whether the reader may change it: what the server would refuse is not begun. */
export function useCellLock(record: ListRecord): (field: ShownField, row: object) => CellLock | null {
  const rights: Rights = {
    canUpdate: useCan(`crm.${record}.update`),
    canSeeCompanies: useCan('crm.company.read'),
    rules: rulesWithin(record, useFieldRules(record)),
    reaches: useWriteReach(record),
  }
  return (field, row) => lockOf(rights, field, row)
}
