import type { GuardMutant } from './guard-mutant.ts'

/** Guards of what lists of records can be asked. */
export const LIST_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'a list is neither filtered nor sorted by what the role hides',
    file: 'services/crm/src/lists/field-in-sight.ts',
    from: 'return field && column && !isHidden(asker, path.record, path.key) ?',
    to: 'return field && column ?',
    test: 'services/crm/src/lists/filter.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a list is not filtered by custom fields that the role hides',
    file: 'services/crm/src/lists/field-in-sight.ts',
    from: ' || isHidden(asker, path.record, path.key)) return null',
    to: ') return null',
    test: 'services/crm/src/lists/custom-fields.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a filter asks related records within reach only',
    file: 'services/crm/src/lists/compile-filter.ts',
    from: ' and ${inSight(asker, path.record)}',
    to: '',
    test: 'services/crm/src/lists/filter.int.test.ts',
    project: 'int',
  },
  {
    guard: 'groups of a list name related records within reach only',
    file: 'services/crm/src/lists/group-list.ts',
    from: ' and ${inSight(asker, to)}',
    to: '',
    test: 'services/crm/src/lists/summarize.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a formula names only fields that its author sees',
    file: 'services/crm/src/formulas/formula-scope.ts',
    from: ".filter(({ key }) => isSeen(key))",
    to: '',
    test: 'services/crm/src/formulas/formulas.int.test.ts',
    project: 'int',
  },
  {
    guard: 'nobody writes what is computed',
    file: 'services/crm/src/fields/custom-value.ts',
    from: "if (formula !== null) return wrong('Computed by its formula')",
    to: '',
    test: 'services/crm/src/formulas/formulas.int.test.ts',
    project: 'int',
  },
  {
    guard: 'no formula follows from itself',
    file: 'services/crm/src/formulas/settle-formula.ts',
    from: 'if (!back) return',
    to: 'return',
    test: 'services/crm/src/formulas/formulas.int.test.ts',
    project: 'int',
  },
]
