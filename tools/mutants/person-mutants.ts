import type { GuardMutant } from './guard-mutant.ts'

const platform = 'packages/platform/src'
const erasing = { test: `${platform}/person/erase-person.int.test.ts`, project: 'int' } as const

/** Guards of erasing people, and of the jobs that do it. */
export const PERSON_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'an erasure keeps what others still have to hear',
    file: `${platform}/person/person-steps.ts`,
    from: '`t.aggregate_id in (${marksOf(id)})`',
    to: '`t.aggregate_id in (${marksOf(id)}) or lower(t.envelope::text) like ${PERSON.patterns}`',
    ...erasing,
  },
  {
    guard: 'an erasure walks through what no statement can look at whole',
    file: `${platform}/person/erase-person.ts`,
    from: 'sqlStateOf(error) === QUERY_CANCELED',
    to: "sqlStateOf(error) === 'never'",
    ...erasing,
  },
  {
    guard: 'an erasure begins with the children again',
    file: `${platform}/person/erase-person.ts`,
    from: 'return isForeignKeyViolation(error) ?',
    to: 'return isForeignKeyViolation(error) && progress.walked.length > 99 ?',
    ...erasing,
  },
  {
    guard: 'an erasure marks what it deletes',
    file: `${platform}/person/person-steps.ts`,
    from: "aggregates.has(table) ? { do: 'delete-marked', erasureId: id } : { do: 'delete' }",
    to: "{ do: 'delete' }",
    ...erasing,
  },
  {
    guard: 'an erasure is never given up',
    file: `${platform}/person/erase-person.ts`,
    from: "maxAttempts: 'endless'",
    to: 'maxAttempts: 1',
    ...erasing,
  },
  {
    guard: 'a job is given up after whoever waits was told',
    file: `${platform}/jobs/job-runner.ts`,
    from: '    givingUp(job.name)\n',
    to: '    await this.#queue.fail(job, reason, null)\n    givingUp(job.name)\n',
    test: 'apps/server/src/crash/given-up-job.int.test.ts',
    project: 'int',
  },
  {
    guard: 'what comes late about whoever was erased is forgotten',
    file: 'packages/platform/migrations/0061_forget_erased_again.sql',
    from: ' or exists (select from erased_aggregate where id = any(aggregate_ids))',
    to: '',
    test: 'services/crm/src/timeline/timeline.int.test.ts',
    project: 'int',
  },
  {
    guard: 'consumers wait while a projection is rebuilt',
    file: 'packages/platform/migrations/0061_forget_erased_again.sql',
    from: '  perform pass_unless_paused();\n',
    to: '',
    test: 'apps/server/src/projections/rebuild.int.test.ts',
    project: 'int',
  },
  {
    guard: 'rebuilding brings nobody back who is erased here',
    file: 'packages/platform/src/projections/rebuild-projection.ts',
    from: ' || isAbout(erased, envelope)',
    to: '',
    test: 'apps/server/src/projections/rebuild.int.test.ts',
    project: 'int',
  },
]
