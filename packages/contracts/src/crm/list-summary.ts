import { z } from 'zod'
import { ListFilterQuery } from './list-query.ts'

/** Counting stops here, unless everything is to be counted. */
export const COUNTED = 10_000
/** Fields that one request sums; each is a statement of its own. */
export const MAX_SUMMED = 5
export const MAX_GROUPS = 200

const keysOf = (fields: string): string[] => fields.split(',').filter((key) => key !== '')

/** What is asked of all records of a list together, however many pages it has. */
export const SummaryQuery = ListFilterQuery.extend({
  /** `true`: counts on beyond COUNTED. */
  exact: z.stringbool().default(false),
  /** Keys of numbers, amounts and dates, separated by commas: at most MAX_SUMMED. */
  fields: z
    .string()
    .max(300)
    .regex(/^[\w.,-]+$/)
    .refine((fields) => keysOf(fields).length <= MAX_SUMMED, `At most ${MAX_SUMMED} fields`)
    .optional(),
  /** Key of a field of GROUPABLE_KINDS: how many records have which value. A record of several tags counts in the group of each. */
  groupBy: z.string().min(1).max(60).optional(),
})
export type SummaryQuery = z.infer<typeof SummaryQuery>

/** The keys that are to be summed. */
export const summedKeys = ({ fields = '' }: Pick<SummaryQuery, 'fields'>): string[] => keysOf(fields)

const Sum = z.object({
  field: z.string(),
  /** Of an amount: each currency is summed by itself, in its smallest unit. */
  currency: z.string().nullable(),
  /** Records with a value. */
  count: z.number().int(),
  /** Null of dates, which have a first and a last only. */
  sum: z.number().nullable(),
  average: z.number().nullable(),
  min: z.union([z.number(), z.iso.date()]).nullable(),
  max: z.union([z.number(), z.iso.date()]).nullable(),
})

const Group = z.object({
  value: z.string().nullable(),
  count: z.number().int(),
  /** Of a relation: what the record is called; null where whoever asks may not see it. */
  label: z.string().nullable(),
  /** What the numbers and amounts among `fields` come to in the group. */
  sums: z.array(z.object({ field: z.string(), currency: z.string().nullable(), sum: z.number() })).max(100),
})
export type Group = z.infer<typeof Group>

export const Summary = z.object({
  count: z.number().int(),
  /** False: there are more than `count`. */
  isExact: z.boolean(),
  sums: z.array(Sum).max(100),
  /** The most frequent first, MAX_GROUPS of them; null where nothing was to be grouped. Value null: records without one; of dates the month, `2026-01`. */
  groups: z.array(Group).max(MAX_GROUPS).nullable(),
})
export type Summary = z.infer<typeof Summary>
