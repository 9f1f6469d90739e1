import { z } from 'zod'
import { CHUNK_BODY_LIMIT, chunkOf } from '../core/chunk.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant, PageQuery, pageOf } from '../core/page.ts'
import { Locale } from '../auth/events.ts'
import { PERSON_FIELDS } from './contact-person.ts'
import { Operation } from './operations.ts'
import { TagIds } from './tags.ts'

export const MAX_IMPORT_BYTES = 200 * 1024 * 1024
export const MAX_IMPORT_ROWS = 1_000_000
export const MAX_IMPORT_COLUMNS = 200

/** What a file can hold. */
export const IMPORT_RECORDS = ['contact', 'company', 'deal'] as const
export const ImportRecord = z.enum(IMPORT_RECORDS)
export type ImportRecord = z.infer<typeof ImportRecord>

/** What a column of a file can be for a contact, beside custom fields (`custom.<id>`). Names, addresses, notes and tags may stand in several columns. */
export const IMPORT_FIELDS = [
  ...(['name', 'firstName', 'lastName', 'email', 'phone', 'telegram', 'company', 'position', 'note', 'tags', 'owner'] as const),
  ...PERSON_FIELDS,
] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]
export const COMPANY_IMPORT_FIELDS = ['name', 'domains', 'website', 'phone', 'address', 'industry', 'size', 'note', 'tags', 'owner'] as const
export type CompanyImportField = (typeof COMPANY_IMPORT_FIELDS)[number]
/** `people`: those who take part, by their e-mail. */
export const DEAL_IMPORT_FIELDS = [
  'title',
  'amount',
  'currency',
  'stage',
  'lostReason',
  'expectedClose',
  'company',
  'companyDomain',
  'people',
  'tags',
  'owner',
] as const
export type DealImportField = (typeof DEAL_IMPORT_FIELDS)[number]
/** The same by what the file holds. */
export const FIELDS_OF_IMPORT = { contact: IMPORT_FIELDS, company: COMPANY_IMPORT_FIELDS, deal: DEAL_IMPORT_FIELDS } as const
export const isRepeatableField = (field: string): boolean => ['email', 'phone', 'telegram', 'note', 'tags', 'domains', 'people'].includes(field)

/**
 * `uploading` → `analysing` → `mapping` → `checking` → `checked` → `started` (from then on its operation tells);
 * `analysing` and `checking` → `refused` where the file cannot be read (`problem` says where and what helps).
 */
export const IMPORT_STATES = ['uploading', 'analysing', 'mapping', 'checking', 'checked', 'started', 'refused'] as const
export const ImportState = z.enum(IMPORT_STATES)
export type ImportState = z.infer<typeof ImportState>

const count = z.number().int()

const ImportColumn = z.object({
  heading: z.string(),
  /** Of the first rows, as they stand there. */
  samples: z.array(z.string()),
  /** All different values, where they are few: what can be assigned one by one. */
  values: z.array(z.string()).nullable(),
  /** In how many rows something stands. */
  filled: count,
})
export type ImportColumn = z.infer<typeof ImportColumn>

export const ImportAnalysis = z.object({
  format: z.enum(['csv', 'xlsx']),
  /** Of a CSV file. */
  encoding: z.string().nullable(),
  delimiter: z.string().nullable(),
  columns: z.array(ImportColumn).max(MAX_IMPORT_COLUMNS),
  rows: count,
  /** The product that made the file, recognised by its headings. */
  preset: z.enum(['hubspot', 'pipedrive', 'amocrm']).nullable(),
  /** By what the file may hold: what its columns would be. */
  guesses: z.record(ImportRecord, z.array(z.string().nullable()).max(MAX_IMPORT_COLUMNS)).optional(),
  /** The settings are those of the last file with these headings. */
  isRemembered: z.boolean(),
})
export type ImportAnalysis = z.infer<typeof ImportAnalysis>

/**
 * `skip`: whoever is known stays as they are; `fill`: only what is empty; `overwrite`: what the file says; `create`: another one, where the address
 * permits it. A deal is known by its title and company, and is skipped or made: it is never changed.
 */
export const IMPORT_POLICIES = ['skip', 'fill', 'overwrite', 'create'] as const
export const ImportSettings = z.strictObject({
  /** What the file holds. */
  record: ImportRecord.default('contact'),
  /** By column: what it is; null is left out. */
  fields: z.array(z.string().max(60).nullable()).max(MAX_IMPORT_COLUMNS),
  /** What a value of a column shall be read as; empty: as nothing. */
  replacements: z
    .array(z.strictObject({ column: count.min(0), from: z.string().max(300), to: z.string().max(300) }))
    .max(1000)
    .default([]),
  /** How days are written that are not written as 2026-01-31. */
  dates: z.enum(['dmy', 'mdy']).default('dmy'),
  /** Of phone numbers without one: ISO 3166, `RU`. */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  /** Of amounts of deals without one. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .default(null),
  policy: z.enum(IMPORT_POLICIES).default('skip'),
  /** Whose the records are that the file names nobody for: mine where absent, null is nobody's. */
  ownerId: z.uuid().nullable().optional(),
  /** Of the reasons in the file of refused rows. */
  language: Locale.default('en'),
  /** Besides those of the file. */
  tagIds: TagIds.default([]),
  /** Companies of contacts and deals that nobody knows yet: made; else only written beside the contact, and no deal is made without its company. */
  makesCompanies: z.boolean().default(true),
})
export type ImportSettings = z.infer<typeof ImportSettings>

/** What is wrong with some rows: how many, and the first of them. */
const ImportComplaint = z.object({
  code: z.string(),
  /** Of the file; null where it is about the row. */
  column: count.nullable(),
  count,
  examples: z.array(z.object({ row: count, value: z.string() })).max(20),
})
export type ImportComplaint = z.infer<typeof ImportComplaint>

/** What would happen. */
export const ImportForecast = z.object({
  rows: count,
  created: count,
  updated: count,
  skipped: count,
  refused: count,
  complaints: z.array(ImportComplaint).max(100),
})
export type ImportForecast = z.infer<typeof ImportForecast>

/** Why a file cannot be read, where, and what helps. */
export const ImportProblem = z.object({ code: z.string(), message: z.string(), line: count.nullable() })
export type ImportProblem = z.infer<typeof ImportProblem>

export const Import = z.object({
  id: z.uuid(),
  state: ImportState,
  fileName: z.string(),
  sizeBytes: count,
  /** Pieces that have arrived. */
  chunks: count,
  analysis: ImportAnalysis.nullable(),
  /** Guessed at first; then as they were given. */
  settings: ImportSettings.nullable(),
  forecast: ImportForecast.nullable(),
  problem: ImportProblem.nullable(),
  /** Rows that were looked at so far, while the file is analysed or checked. */
  seen: count,
  /** How much of the file was read, meanwhile: a workbook has texts that come before its rows. */
  readPercent: count.min(0).max(100),
  /** From the start on: how far it is, what it did. */
  operation: Operation.nullable(),
  /** Rows that were refused and can be downloaded. */
  refused: count,
  createdAt: Instant,
})
export type Import = z.infer<typeof Import>

export const CreateImport = z.strictObject({ fileName: z.string().trim().min(1).max(255), sizeBytes: count.min(1) })
export type CreateImport = z.infer<typeof CreateImport>

export const ImportReading = z.strictObject({
  /** Where what was found out is wrong. */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252', 'koi8-r', 'ibm866']).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
})
export type ImportReading = z.infer<typeof ImportReading>

const params = idParams('importId')
const access = 'crm.contact.import'

export const importEndpoints = defineEndpoints('crm', {
  listImports: {
    method: 'GET',
    path: '/imports',
    summary: 'My imports, newest first',
    access,
    idempotency: 'safe',
    query: PageQuery,
    response: pageOf(Import),
    status: 200,
  },
  createImport: {
    method: 'POST',
    path: '/imports',
    summary: 'Begin an import of contacts, companies or deals from a CSV or XLSX file, which is sent in pieces',
    access,
    idempotency: 'key',
    body: CreateImport,
    response: Import,
    status: 201,
    cost: 2,
  },
  getImport: {
    method: 'GET',
    path: '/imports/:importId',
    summary: 'How far an import of mine is',
    access,
    idempotency: 'safe',
    params,
    response: Import,
    status: 200,
  },
  putImportChunk: {
    method: 'PUT',
    path: '/imports/:importId/chunks',
    summary: 'A piece of the file: 512 KiB, the last one smaller',
    access,
    idempotency: 'natural',
    params,
    body: chunkOf(MAX_IMPORT_BYTES),
    response: Import,
    status: 200,
    bodyLimit: CHUNK_BODY_LIMIT,
    cost: 2,
  },
  analyseImport: {
    method: 'POST',
    path: '/imports/:importId/analyse',
    summary: 'Read the file, which is there as a whole, and guess what its columns are',
    access,
    idempotency: 'natural',
    params,
    body: ImportReading,
    response: Import,
    status: 200,
    cost: 5,
  },
  checkImport: {
    method: 'POST',
    path: '/imports/:importId/check',
    summary: 'Say what the columns are, and find out what would happen; nothing is changed',
    access,
    idempotency: 'natural',
    params,
    body: ImportSettings,
    response: Import,
    status: 200,
    cost: 5,
  },
  startImport: {
    method: 'POST',
    path: '/imports/:importId/start',
    summary: 'Import as it was checked',
    access,
    idempotency: 'natural',
    params,
    response: Import,
    status: 200,
    cost: 5,
  },
  revertImport: {
    method: 'POST',
    path: '/imports/:importId/revert',
    summary: 'Take an import of mine back: what nobody has changed since is as it was before',
    access,
    idempotency: 'natural',
    params,
    response: Operation,
    status: 200,
    cost: 5,
  },
  downloadRefusedRows: {
    method: 'GET',
    path: '/imports/:importId/refused.csv',
    summary: 'The rows that were refused, each with its reason; mended, they can be imported again',
    access,
    idempotency: 'safe',
    params,
    produces: 'text/csv',
    status: 200,
    cost: 5,
  },
})
