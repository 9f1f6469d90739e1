import type { GuardMutant } from './guard-mutant.ts'

const rules = 'services/crm/src/stages/stage-rules.int.test.ts'
const everyActor = 'services/crm/src/stages/rules-for-every-actor.int.test.ts'
const boards = 'services/crm/src/boards/boards.int.test.ts'

/** Guards of how deals move, and of what boards show. */
export const DEAL_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'a bulk change moves deals as the rules of the stage let it',
    file: 'services/crm/src/changes/plan-change.ts',
    from: 'rules.enter(after, current, fields.stage).id',
    to: 'fields.stage',
    test: everyActor,
    project: 'int',
  },
  {
    guard: 'an import makes deals as the rules of the stage let it',
    file: 'services/crm/src/imports/deal-import.ts',
    from: "isRefused(draft) ? 'crm.deal.move_refused' : null",
    to: 'null',
    test: everyActor,
    project: 'int',
  },
  {
    guard: 'undo brings deals back as the rules of the stage let it',
    file: 'services/crm/src/changes/plan-undo.ts',
    from: "if (changes['stage'] && isDeal(state)) known.rules?.enter(",
    to: "if (changes['stage'] && isDeal(state)) known.rules?.obstacles(",
    test: rules,
    project: 'int',
  },
  {
    guard: 'whoever enters a stage with a limit waits for those who are entering it',
    file: 'services/crm/src/stages/move-rules.ts',
    from: '  await lockLimited(db, stages, targets)\n',
    to: '',
    test: rules,
    project: 'int',
  },
  {
    guard: 'a deal moves from where it was seen only',
    file: 'services/crm/src/deals/move-deal.ts',
    from: 'if (row.stage !== from) {',
    to: 'if (row.stage === null) {',
    test: rules,
    project: 'int',
  },
  {
    guard: 'no move changes what the role locks',
    file: 'services/crm/src/deals/move-deal.ts',
    from: "  requireUnlocked(ctx, 'deal', { ...fields, stage })\n",
    to: '',
    test: rules,
    project: 'int',
  },
  {
    guard: 'totals of a board count what is within reach',
    file: 'services/crm/src/lists/list-page.ts',
    from: "narrowing.length === 0 && reachesAll(ctx, list.record, 'read')",
    to: 'narrowing.length === 0',
    test: boards,
    project: 'int',
  },
  {
    guard: 'a board sums no amounts that the role hides',
    file: 'services/crm/src/boards/board-totals.ts',
    from: 'sums: hidesAmounts ? [] : sums.map(',
    to: 'sums: sums.map(',
    test: boards,
    project: 'int',
  },
]
