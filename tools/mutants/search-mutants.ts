import type { GuardMutant } from './guard-mutant.ts'

const platform = 'packages/platform/src/search'
const question = `${platform}/build-question.test.ts`
const index = `${platform}/elasticsearch-index.int.test.ts`
const tables = 'services/crm/src/search/find-in-tables.int.test.ts'

/** Guards of the search of records that hold without a real Elasticsearch; those that need one are named in ADR 42. */
export const SEARCH_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'every question to an index is filtered by the organisation',
    file: `${platform}/build-question.ts`,
    from: '[{ term: { organizationId } }, ...filter]',
    to: '[...filter]',
    test: question,
    project: 'unit',
  },
  {
    guard: 'what is nobody’s is found only where that is in reach',
    file: `${platform}/build-question.ts`,
    from: 'owners.withNobodys ?',
    to: 'owners.ids.length > 0 ?',
    test: question,
    project: 'unit',
  },
  {
    guard: 'a hit that is not of the organisation is dropped',
    file: `${platform}/elasticsearch-index.ts`,
    from: 'id.startsWith(prefix) && ',
    to: '',
    test: index,
    project: 'int',
  },
  {
    guard: 'documents are read before generations are looked for',
    file: `${platform}/elasticsearch-index.ts`,
    from: 'const documents = await load()\n',
    to: 'await behind(calls, names.fed, signal)\n      const documents = await load()\n',
    test: index,
    project: 'int',
  },
  {
    guard: 'what was found is looked at once more: within reach, living',
    file: 'services/crm/src/search/load-found.ts',
    from: 'and ${inSight(ctx)} and',
    to: 'and',
    test: 'services/crm/src/search/late-index.int.test.ts',
    project: 'int',
  },
  {
    guard: 'what was found is looked at once more: by what the asker may see',
    file: 'services/crm/src/search/load-found.ts',
    from: ' and ${isShown(record)}',
    to: '',
    test: 'services/crm/src/search/late-index.int.test.ts',
    project: 'int',
  },
  {
    guard: 'only kinds that may be seen at all are searched',
    file: 'services/crm/src/search/searched-record.ts',
    from: ' && mayReadSome(ctx, kind)',
    to: '',
    test: tables,
    project: 'int',
  },
  {
    guard: 'notes are found by whoever sees what they are about',
    file: 'services/crm/src/search/searched-record.ts',
    from: "note.deleted_at is null and ${seesAbout(ctx, 'note')}",
    to: 'note.deleted_at is null',
    test: tables,
    project: 'int',
  },
  {
    guard: 'tasks are found by whoever may see them',
    file: 'services/crm/src/search/searched-record.ts',
    from: 'task.deleted_at is null and ${mayReach(ctx)}',
    to: 'task.deleted_at is null',
    test: tables,
    project: 'int',
  },
  {
    guard: 'a hidden field neither finds anything nor keeps anything from being found',
    file: 'services/crm/src/search/search-records.ts',
    from: 'shownOf(found, kind).length === 0)',
    to: 'false)',
    test: tables,
    project: 'int',
  },
  {
    guard: 'the index is told what was noted while its job began',
    file: 'services/crm/src/search/feed-index.ts',
    from: '  await ctx.write(({ db }) => sql`select pg_advisory_xact_lock(${notes})`.execute(db))\n',
    to: '',
    test: 'services/crm/src/search/feed-index.int.test.ts',
    project: 'int',
  },
  {
    guard: 'the pause of the feeder stays one, however much happens',
    file: 'services/crm/src/search/feed-index.ts',
    from: ', keepsWaiting: true }',
    to: ' }',
    test: 'services/crm/src/search/index-of-records.int.test.ts',
    project: 'int',
  },
  {
    guard: 'an index that lacks something does not take over',
    file: `${platform}/rebuild-index.ts`,
    from: 'expected - found - refused <= waiting',
    to: 'expected - found - refused <= waiting + 1',
    test: `${platform}/rebuild-index.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a broken writer does not switch off the search',
    file: `${platform}/elasticsearch-client.ts`,
    from: "telling: 'elasticsearch-writing'",
    to: "telling: 'elasticsearch'",
    test: index,
    project: 'int',
  },
]
