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
    from: ' and ${isFoundByShown(ctx, query)}',
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
]
