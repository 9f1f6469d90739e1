import { z } from 'zod'
import { Day } from '../core/page.ts'
import { Money, type FieldKind } from './field-kinds.ts'
import type { ListField } from './list-fields.ts'

/** What can be asked of a field. `within…`: days before or after today, today among them. */
export const FILTER_OPERATORS = [
  ...(['is', 'isNot', 'contains', 'startsWith', 'isEmpty', 'isNotEmpty', 'isAnyOf', 'isNoneOf'] as const),
  ...(['lt', 'lte', 'gt', 'gte', 'between', 'withinLast', 'withinNext', 'isMe', 'isMyTeams'] as const),
] as const
export const FilterOperator = z.enum(FILTER_OPERATORS)
export type FilterOperator = z.infer<typeof FilterOperator>

export const MAX_FILTER_DEPTH = 4
export const MAX_FILTER_CONDITIONS = 40
export const MAX_FILTER_LENGTH = 4000

/**
 * Either a condition (`field`, `op`, and `value` where the operator has one), or a group, of which `all` or `any` must hold. `match`: of
 * several related records any, as unless told, or none fulfils the condition.
 */
export interface FilterNode {
  field?: string | undefined
  op?: FilterOperator | undefined
  value?: unknown
  match?: 'any' | 'none' | undefined
  all?: FilterNode[] | undefined
  any?: FilterNode[] | undefined
}

const condition = {
  field: z.string().min(1).max(120).optional(),
  op: FilterOperator.optional(),
  value: z.unknown().optional(),
  match: z.enum(['any', 'none']).optional(),
}
const tooDeep = z.never({ error: `Groups nest at most ${MAX_FILTER_DEPTH} deep` }).optional()

function nodeWithin(depth: number): z.ZodType<FilterNode> {
  const inside =
    depth > 0
      ? z
          .array(nodeWithin(depth - 1))
          .max(MAX_FILTER_CONDITIONS)
          .optional()
      : tooDeep
  return z.strictObject({ ...condition, all: inside, any: inside }).superRefine(refuseMixed)
}

function refuseMixed(node: FilterNode, context: z.core.$RefinementCtx<FilterNode>): void {
  const kinds = [node.field ?? node.op ?? node.value ?? node.match, node.all, node.any].filter((part) => part !== undefined)
  if (kinds.length !== 1) context.addIssue({ code: 'custom', message: 'Give either "field" with "op", or a group: "all" or "any"' })
  else if (node.all === undefined && node.any === undefined && (node.field === undefined || node.op === undefined))
    context.addIssue({ code: 'custom', message: 'A condition needs "field" and "op"' })
}

/** The conditions of a list, at most MAX_FILTER_CONDITIONS in groups at most MAX_FILTER_DEPTH deep. What they ask is checked with the fields of the record. */
export const Filter = nodeWithin(MAX_FILTER_DEPTH).superRefine((filter, context) => {
  if (conditionsIn(filter).length > MAX_FILTER_CONDITIONS) context.addIssue({ code: 'custom', message: `At most ${MAX_FILTER_CONDITIONS} conditions` })
})
export type Filter = FilterNode

export interface FilterCondition extends FilterNode {
  field: string
  op: FilterOperator
}

export const isCondition = (node: FilterNode): node is FilterCondition => node.field !== undefined && node.op !== undefined

/** Every condition with its place, as in a JSON pointer: `['all', 2, 'any', 0]`. */
export function conditionsIn(node: FilterNode, at: readonly (string | number)[] = []): { condition: FilterCondition; at: readonly (string | number)[] }[] {
  if (isCondition(node)) return [{ condition: node, at }]
  const kind = node.all ? 'all' : 'any'
  return (node[kind] ?? []).flatMap((child, index) => conditionsIn(child, [...at, kind, index]))
}

const EMPTINESS = ['isEmpty', 'isNotEmpty'] as const
const EQUALITY = ['is', 'isNot', 'isAnyOf', 'isNoneOf', ...EMPTINESS] as const
const ORDER = ['is', 'isNot', 'lt', 'lte', 'gt', 'gte', 'between', ...EMPTINESS] as const
const DAYS = [...ORDER, 'withinLast', 'withinNext'] as const
const TEXT = ['contains', 'is', 'isNot', 'startsWith', 'isAnyOf', 'isNoneOf', ...EMPTINESS] as const

/** What each kind of field can be asked, the usual question first. */
export const OPERATORS_OF: Readonly<Record<FieldKind, readonly FilterOperator[]>> = {
  text: TEXT,
  url: TEXT,
  number: ORDER,
  money: ORDER,
  date: DAYS,
  instant: DAYS,
  select: EQUALITY,
  multiSelect: ['isAnyOf', 'isNoneOf', ...EMPTINESS],
  person: ['isMe', 'isMyTeams', ...EQUALITY],
  relation: EQUALITY,
  checkbox: ['is', ...EMPTINESS],
}

export const operatorsOf = ({ kind, operators }: Pick<ListField, 'kind' | 'operators'>): readonly FilterOperator[] =>
  operators ? OPERATORS_OF[kind].filter((op) => operators.includes(op)) : OPERATORS_OF[kind]

/** Days of instants are those of the zone of whoever asks. */
const SCALARS: Readonly<Record<FieldKind, z.ZodType>> = {
  text: z.string().trim().min(1).max(200),
  url: z.string().trim().min(1).max(200),
  number: z.number(),
  money: Money,
  date: Day,
  instant: Day,
  select: z.string().min(1).max(100),
  multiSelect: z.string().min(1).max(100),
  person: z.uuid(),
  relation: z.uuid(),
  checkbox: z.boolean(),
}

/** What the operator needs as its value; null where it needs none. */
export function filterValue({ kind, options, isOfIds }: Pick<ListField, 'kind' | 'options' | 'isOfIds'>, op: FilterOperator): z.ZodType | null {
  const [first, ...others] = options ?? []
  const scalar = isOfIds ? z.uuid() : first === undefined ? SCALARS[kind] : z.enum([first, ...others])
  if (op === 'isEmpty' || op === 'isNotEmpty' || op === 'isMe' || op === 'isMyTeams') return null
  if (op === 'isAnyOf' || op === 'isNoneOf') return z.array(scalar).min(1).max(100)
  if (op === 'between') return z.tuple([scalar, scalar])
  return op === 'withinLast' || op === 'withinNext' ? z.number().int().min(1).max(3650) : scalar
}

export interface FilterProblem {
  /** Of the part that is wrong: `['all', 2, 'value']`. */
  readonly at: readonly (string | number)[]
  readonly message: string
}

/** What is wrong with one condition, the field being known. */
export function problemsOf({ op, value }: FilterCondition, field: ListField): FilterProblem[] {
  const operators = operatorsOf(field)
  if (!operators.includes(op)) return [{ at: ['op'], message: `"${field.key}" can be asked: ${operators.join(', ')}` }]
  const schema = filterValue(field, op)
  if (!schema) return value === undefined || value === null ? [] : [{ at: ['value'], message: `"${op}" has no value` }]
  const issues = schema.safeParse(value).error?.issues ?? []
  return issues.map(({ path, message }) => ({ at: ['value', ...path.map((part) => (typeof part === 'number' ? part : String(part)))], message }))
}
