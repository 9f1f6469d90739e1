import type { CustomFieldKind, CustomValue, FieldKind } from './field-kinds.ts'
import type { FieldRecord } from './fields.ts'
import { LIST_FIELDS, type ListField } from './list-fields.ts'

/** A formula as it is computed: an operation with what it is done to. The kinds of all parts are known to fit. */
export interface FormulaTree {
  readonly op: string
  readonly args?: readonly FormulaTree[]
  /** Of a column of the record, or of a custom field. */
  readonly name?: string
  readonly value?: CustomValue | null
  /** Of numbers and amounts: which of the two comes out. */
  readonly gives?: CustomFieldKind
}

const NAMED: ReadonlySet<FieldKind> = new Set(['text', 'url', 'number', 'money', 'date', 'checkbox'])

/** Whether formulas can name a field of this kind. */
export const isFormulaKind = (kind: FieldKind): boolean => NAMED.has(kind)

/** The built-in fields that formulas of a kind of record can name. Domains are several texts. */
export const formulaFields = (record: FieldRecord): readonly ListField[] => LIST_FIELDS[record].filter(({ key, kind }) => NAMED.has(kind) && key !== 'domains')

/** What formulas can call, each with what it is given, for those who write one. */
export const FORMULA_FUNCTIONS = [
  'IF(condition, value, otherwise)',
  'ROUND(number, digits)',
  'ABS(number)',
  'MIN(a, b, …)',
  'MAX(a, b, …)',
  'FIRST(a, b, …)',
  'ISEMPTY(value)',
  'DAYS(later, earlier)',
  'ADDMONTHS(date, months)',
  'YEAR(date)',
  'MONTH(date)',
  'LENGTH(text)',
  'UPPER(text)',
  'LOWER(text)',
] as const
