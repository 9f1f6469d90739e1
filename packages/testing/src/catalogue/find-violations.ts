import { z } from 'zod'
import type { ReviewedObjects } from '../reviewed-tables.ts'
import {
  type CatalogueCheck,
  DEFINER_FUNCTIONS,
  GLOBAL_INDEXES,
  GLOBAL_REFERENCES,
  GLOBAL_TABLES,
  RELAY_TABLES,
  ROLE_CHECKS,
  SCHEMA_CHECKS,
  TENANT_TABLE_CHECKS,
  UNBOUND_TABLES,
} from './catalogue-checks.ts'

export type RunSql = (sql: string) => Promise<readonly Record<string, unknown>[]>

const Finding = z.object({ object: z.string(), problem: z.string() })
type Finding = z.infer<typeof Finding>

/** What is wrong with the walls between tenants and services in a database, in sentences. Empty is good. */
export async function findViolations(run: RunSql, reviewed: ReviewedObjects): Promise<readonly string[]> {
  const never = [...TENANT_TABLE_CHECKS, ...SCHEMA_CHECKS, ...ROLE_CHECKS, UNBOUND_TABLES]
  const found = await inSeries(never, (check) => findings(run, check))
  const lists: readonly (readonly [CatalogueCheck, Readonly<Record<string, string>>])[] = [
    [GLOBAL_TABLES, reviewed.globalTables],
    [RELAY_TABLES, reviewed.relayTables],
    [GLOBAL_INDEXES, reviewed.globalIndexes],
    [GLOBAL_REFERENCES, reviewed.globalReferences],
    [DEFINER_FUNCTIONS, reviewed.definerFunctions],
  ]
  const compared = await inSeries(lists, async ([check, list]) => compare(await findings(run, check), list))
  return [...found, ...compared].map(({ object, problem }) => `${object}: ${problem}`)
}

async function findings(run: RunSql, check: CatalogueCheck): Promise<readonly Finding[]> {
  return z.array(Finding).parse(await run(check.sql))
}

/** Found and not reviewed, and reviewed but not found any more. */
function compare(found: readonly Finding[], list: Readonly<Record<string, string>>): readonly Finding[] {
  const isReviewed = ({ object }: Finding, entry: string): boolean => object === entry || (!entry.includes('.') && withoutSchema(object) === entry)
  const unknown = found.filter((finding) => !Object.keys(list).some((entry) => isReviewed(finding, entry)))
  const gone = Object.keys(list).filter((entry) => !found.some((finding) => isReviewed(finding, entry)))
  return [
    ...unknown.map(({ object, problem }) => ({ object, problem: `${problem}, and is not on the reviewed list` })),
    ...gone.map((entry) => ({ object: entry, problem: 'is on the reviewed list, but is not there any more' })),
  ]
}

const withoutSchema = (object: string): string => object.slice(object.indexOf('.') + 1)

// One connection answers one question at a time.
async function inSeries<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<readonly Result[]>): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const item of items) results.push(...(await work(item)))
  return results
}
