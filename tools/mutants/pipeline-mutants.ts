import type { GuardMutant } from './guard-mutant.ts'

const pipeline = 'services/pipeline/src'

/** Guards of pipelines and of what they tell about deals. */
export const PIPELINE_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'the id of a stage that went is never given again',
    file: `${pipeline}/pipelines/settle-stages.ts`,
    from: 'used.has(stage.id) || ',
    to: '',
    test: `${pipeline}/pipelines/settle-stages.test.ts`,
    project: 'unit',
  },
  {
    guard: 'no deal is won or lost by a change of its pipeline',
    file: `${pipeline}/pipelines/settle-moves.ts`,
    from: 'from.kind === to.kind',
    to: 'from.kind !== undefined',
    test: `${pipeline}/pipelines/settle-stages.test.ts`,
    project: 'unit',
  },
  {
    guard: 'stays are of deals within reach',
    file: `${pipeline}/history/list-stays.ts`,
    from: '      .where(mayRead(ctx))\n',
    to: '',
    test: `${pipeline}/history/stays.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'flows are of deals within reach',
    file: `${pipeline}/flow/flow-by-stage.ts`,
    from: 'and ${mayRead(ctx)}',
    to: '',
    test: `${pipeline}/history/stays.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'an event of a deal counts once',
    file: `${pipeline}/history/fold-deal.ts`,
    from: '  if (before && event.aggregate.version <= before.version) return null\n',
    to: '',
    test: `${pipeline}/history/stays.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a stay rots once',
    file: `${pipeline}/rotting/find-rotting.ts`,
    from: 'and told.sequence = stay.sequence)',
    to: 'and told.sequence < 0)',
    test: `${pipeline}/rotting/rotting.int.test.ts`,
    project: 'int',
  },
]
