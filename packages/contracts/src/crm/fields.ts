import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, Line } from '../core/page.ts'
import { COLORS } from './colors.ts'
import { StageId } from '../pipeline/stages.ts'
import { CustomFieldKind, CustomValue } from './field-kinds.ts'

/** Records that an organisation can add fields to. */
export const FIELD_RECORDS = ['contact', 'company', 'deal'] as const
export const FieldRecord = z.enum(FIELD_RECORDS)
export type FieldRecord = z.infer<typeof FieldRecord>

/** Living fields of one kind of record. */
export const MAX_FIELDS = 100
/** Options of one field that can be chosen. */
export const MAX_FIELD_OPTIONS = 200

export const OPTION_COLORS = COLORS
export const OptionColor = z.enum(OPTION_COLORS)
export type OptionColor = z.infer<typeof OptionColor>

/** An archived one stays where it has been chosen, and cannot be chosen anew. */
export const FieldOption = z.object({ id: z.uuid(), label: z.string(), color: OptionColor, isArchived: z.boolean() })
export type FieldOption = z.infer<typeof FieldOption>

/** `id` of an option that there is; absent: a new one. In the order in which they are shown. */
const GivenOptions = z.array(z.strictObject({ id: z.uuid().optional(), label: Line(100), color: OptionColor.default('gray') })).max(MAX_FIELD_OPTIONS)
export type GivenOptions = z.infer<typeof GivenOptions>

/** A custom field. Its values stand in `custom` of the record, below its id. */
export const Field = z.object({
  id: z.uuid(),
  record: FieldRecord,
  label: z.string(),
  kind: CustomFieldKind,
  help: z.string().nullable(),
  /** Of select and multiSelect; the archived ones last. */
  options: z.array(FieldOption).max(1000),
  /** Whoever makes a record has to give it. */
  isRequired: z.boolean(),
  /** Stages that a deal enters with a value only. */
  requiredStages: z.array(StageId).max(100),
  /** Of a relation: the kind of record that it names. */
  relatesTo: FieldRecord.nullable(),
  /** Of money: what it is typed in unless told. */
  currency: z.string().nullable(),
  /** Null: its values are given. Else they follow from it; fields that it names stand in it by their keys, `{custom.<id>}`. */
  formula: z.string().nullable(),
  /** Of a formula: records that were there before it was changed are still being computed. */
  isComputing: z.boolean(),
  /** From whoever asks: their role hides its values, or those of a field that its formula names. Whoever manages fields knows it all the same. */
  isHidden: z.boolean(),
  /** Its place among the fields of its record, ascending. */
  position: z.number().int(),
  createdAt: Instant,
  updatedAt: Instant,
  deletedAt: Instant.nullable(),
  version: z.number().int(),
})
export type Field = z.infer<typeof Field>

const Currency = z.string().regex(/^[A-Z]{3}$/)
const Stages = z.array(StageId).max(100)

/** A field is named by its key or its label: `{amountMinor} * {Discount} / 100`. */
export const MAX_FORMULA = 1000
const Formula = z.string().trim().min(1).max(MAX_FORMULA)

/** Kind, record and what a relation names stay as they are for ever. */
export const CreateField = z.strictObject({
  record: FieldRecord,
  label: Line(100),
  kind: CustomFieldKind,
  help: Line(500).nullable().default(null),
  options: GivenOptions.default([]),
  isRequired: z.boolean().default(false),
  requiredStages: Stages.default([]),
  relatesTo: FieldRecord.nullable().default(null),
  currency: Currency.nullable().default(null),
  /** With the kind of what it gives. */
  formula: Formula.nullable().default(null),
})
export type CreateField = z.infer<typeof CreateField>

/** Absent parts stay as they are. `options` says which there are from now on: one that is not named is archived. */
export const UpdateField = z.strictObject({
  label: Line(100).optional(),
  help: Line(500).nullable().optional(),
  options: GivenOptions.optional(),
  isRequired: z.boolean().optional(),
  requiredStages: Stages.optional(),
  currency: Currency.nullable().optional(),
  /** Of a field that has one; it gives the same kind as before. */
  formula: Formula.optional(),
})
export type UpdateField = z.infer<typeof UpdateField>

/** `fieldId`: of the field whose formula it is to be, which it must not name. */
export const FormulaTrial = z.strictObject({ record: FieldRecord, formula: Formula, fieldId: z.uuid().nullable().default(null) })
export type FormulaTrial = z.infer<typeof FormulaTrial>

/** What a formula gives, and what it comes to in the newest records within the asker's reach; null: nothing. */
export const FormulaPreview = z.object({
  kind: CustomFieldKind,
  /** As it would be kept. */
  formula: z.string(),
  items: z.array(z.object({ id: z.uuid(), name: z.string(), value: CustomValue.nullable() })).max(5),
})
export type FormulaPreview = z.infer<typeof FormulaPreview>

/** Without `record`: of all kinds of records. */
export const FieldSearch = z.object({ record: FieldRecord.optional(), deleted: z.stringbool().default(false) })
export type FieldSearch = z.infer<typeof FieldSearch>

/** Those that are not named follow in their order. */
export const FieldOrder = z.strictObject({ record: FieldRecord, fieldIds: z.array(z.uuid()).min(1).max(MAX_FIELDS) })
export type FieldOrder = z.infer<typeof FieldOrder>

const Fields = z.object({ items: z.array(Field).max(FIELD_RECORDS.length * MAX_FIELDS) })
const fieldParams = idParams('fieldId')

export const fieldEndpoints = defineEndpoints('crm', {
  listFields: {
    method: 'GET',
    path: '/fields',
    summary: 'Custom fields by kind of record, in their order; of records that one may not see, and hidden from one, none',
    access: 'signed-in',
    idempotency: 'safe',
    query: FieldSearch,
    response: Fields,
    status: 200,
  },
  createField: {
    method: 'POST',
    path: '/fields',
    summary: 'Add a custom field, as the last of its record',
    access: 'crm.field.manage',
    idempotency: 'key',
    body: CreateField,
    response: Field,
    status: 201,
    cost: 2,
  },
  updateField: {
    method: 'PATCH',
    path: '/fields/:fieldId',
    summary: 'Change a custom field; kind and record stay',
    access: 'crm.field.manage',
    idempotency: 'key',
    params: fieldParams,
    body: UpdateField,
    response: Field,
    status: 200,
    concurrency: 'if-match',
    cost: 2,
  },
  previewFormula: {
    method: 'POST',
    path: '/fields/formula-preview',
    summary: 'What a formula would give in the newest records; nothing is kept',
    access: 'crm.field.manage',
    idempotency: 'natural',
    body: FormulaTrial,
    response: FormulaPreview,
    status: 200,
    cost: 2,
  },
  orderFields: {
    method: 'PUT',
    path: '/fields/order',
    summary: 'Put the custom fields of a kind of record in order',
    access: 'crm.field.manage',
    idempotency: 'natural',
    body: FieldOrder,
    response: Fields,
    status: 200,
    cost: 2,
  },
  deleteField: {
    method: 'DELETE',
    path: '/fields/:fieldId',
    summary: 'Take a custom field out of sight; its values are kept',
    access: 'crm.field.manage',
    idempotency: 'natural',
    params: fieldParams,
    status: 204,
    cost: 2,
  },
  restoreField: {
    method: 'POST',
    path: '/fields/:fieldId/restore',
    summary: 'Bring a deleted custom field back, with its values',
    access: 'crm.field.manage',
    idempotency: 'key',
    params: fieldParams,
    response: Field,
    status: 200,
    cost: 2,
  },
})
