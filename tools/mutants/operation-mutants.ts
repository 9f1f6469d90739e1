import type { GuardMutant } from './guard-mutant.ts'

const crm = 'services/crm/src'
const comesBack = { test: `${crm}/changes/what-comes-back.int.test.ts`, project: 'int' } as const
const bulk = { test: `${crm}/operations/bulk.int.test.ts`, project: 'int' } as const

/** Guards of work on many records, and of taking it back. */
export const OPERATION_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'operations count a record once',
    file: `${crm}/operations/operation-progress.ts`,
    from: "        where kept.outcome = 'waiting'\n",
    to: '',
    test: `${crm}/operations/operations.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'operations wait for a record that is locked',
    file: `${crm}/operations/run-operation.ts`,
    from: 'if (isPassingFailure(error) ||',
    to: 'if (isInfrastructureFailure(error) ||',
    ...bulk,
  },
  {
    guard: 'operations that left something out leave the former to be undone',
    file: `${crm}/operations/operation-progress.ts`,
    from: "status === 'done' && changed > 0 && Object.keys(row.reasons).length === 0",
    to: "status !== 'failed'",
    ...bulk,
  },
  {
    guard: 'operations stay undone where the undoing of their undo did nothing',
    file: `${crm}/operations/operation-progress.ts`,
    from: 'if (undoesId !== null && changed > 0)',
    to: 'if (undoesId !== null)',
    ...bulk,
  },
  {
    guard: 'operations leave people to a company that comes back',
    file: `${crm}/companies/follow-company.ts`,
    from: "(await isStillDeleted(scope.db, 'company', companyId)) ? leave(scope, companyId) : 0",
    to: 'leave(scope, companyId)',
    ...comesBack,
  },
  {
    guard: 'operations take nothing back that others have worked on since',
    file: `${crm}/changes/plan-undo.ts`,
    from: 'worked.has(locked.state.id)',
    to: 'false',
    ...comesBack,
  },
  {
    guard: 'operations put together again what was deleted together',
    file: `${crm}/changes/plan-restore.ts`,
    from: ', letGo: droppedBy(record, changes) }',
    to: ' }',
    ...comesBack,
  },
  {
    guard: 'operations do not tell a taken address to whom addresses are hidden',
    file: `${crm}/changes/plan-restore.ts`,
    from: 'isLocked(ctx, record, field) ? untold(taken) : taken',
    to: 'taken',
    ...comesBack,
  },
  {
    guard: 'an operation ends with the rights that it began with',
    file: 'services/crm/src/operations/end-operations.ts',
    from: "await finishOperation(scope, id, 'cancelled')",
    to: 'void id',
    test: 'services/crm/src/operations/operations.int.test.ts',
    project: 'int',
  },
  {
    guard: 'an operation ends with the key that began it',
    file: 'services/crm/src/operations/operation-rights.ts',
    from: "...(actor.type === 'api-key' ? { keyId: actor.id } : {})",
    to: '',
    test: 'services/crm/src/operations/operations.int.test.ts',
    project: 'int',
  },
]
