import { conditionsIn, Filter, isCondition, problemsOf, type FilterCondition, type FilterNode, type ListRecord } from '@ai-crm/contracts'
import type { FieldError } from '@ai-crm/platform'
import { sql, type RawBuilder } from 'kysely'
import { conditionOf } from './condition.ts'
import { filterInvalid } from './errors.ts'
import { fieldInSight, type FieldInSight } from './field-in-sight.ts'
import type { ListAsker } from './list-asker.ts'
import { inSight, RECORDS } from './list-record.ts'

/** The filter of a list as it stands in the address. Throws `filterInvalid` (400). */
export function parseFilter(text: string): FilterNode {
  const parsed = Filter.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  throw filterInvalid(parsed.error.issues.map(({ path, message }) => ({ field: placeOf(path.map(String)), message })))
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw filterInvalid([{ field: 'query/filter', message: 'Not JSON' }])
  }
}

const placeOf = (at: readonly (string | number)[], root = 'query/filter'): string => [root, ...at].join('/')

/** The filter as a condition on the record's table; `root` says where it stands in the request. Throws `filterInvalid` (400), which names every place that is wrong. */
export function compileFilter(asker: ListAsker, record: ListRecord, filter: FilterNode, root?: string): RawBuilder<boolean> {
  const problems: FieldError[] = []
  const fields = new Map<FilterNode, FieldInSight>()
  for (const { condition, at } of conditionsIn(filter)) {
    const found = fieldInSight(asker, record, condition.field)
    if (found) fields.set(condition, found)
    const wrong = found ? problemsOf(condition, found.field) : [{ at: ['field'], message: `There is no field "${condition.field}" to filter by` }]
    problems.push(...wrong.map((problem) => ({ field: placeOf([...at, ...problem.at], root), message: problem.message })))
    if (found && condition.match && !found.path.relation?.isMany)
      problems.push({ field: placeOf([...at, 'match'], root), message: 'Only where there are several related records' })
  }
  if (problems.length > 0) throw filterInvalid(problems)
  const compile = (node: FilterNode): RawBuilder<boolean> => {
    const found = fields.get(node)
    if (found && isCondition(node)) return askOf(asker, record, node, found)
    const parts = (node.all ?? node.any ?? []).map(compile)
    return parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, node.all ? sql` and ` : sql` or `)})`
  }
  return compile(filter)
}

/** Of a related record: whether any within the asker's reach, or none, is so. */
function askOf(asker: ListAsker, record: ListRecord, condition: FilterCondition, { path, field, column }: FieldInSight): RawBuilder<boolean> {
  const holds = conditionOf(asker, path.record, column, { kind: field.kind, op: condition.op, value: condition.value })
  const related = path.relation && RECORDS[record].relations[path.relation.key]
  if (!related) return holds
  const exists = sql<boolean>`exists (select from ${related.from} where ${related.on} and ${inSight(asker, path.record)} and ${holds})`
  return condition.match === 'none' ? sql<boolean>`not ${exists}` : exists
}
