import { z } from 'zod'
import { CHUNK_BODY_LIMIT, chunkOf } from '../core/chunk.ts'
import { defineEndpoints } from '../core/endpoint.ts'
import { FileScan } from '../core/file-scan.ts'
import { idParams, Instant, Line, PageQuery, pageOf } from '../core/page.ts'

export const MAX_FILE_BYTES = 50 * 1024 * 1024

const record = z.uuid().nullable()

/** About exactly one of contact, company and deal. */
export const CreateRecordFile = z.strictObject({
  name: Line(255),
  /** As the browser knows it; of a whole file its bytes decide, and what they do not confirm is `application/octet-stream`. */
  contentType: z.string().max(255).default(''),
  sizeBytes: z.number().int().min(1).max(MAX_FILE_BYTES),
  contactId: record.default(null),
  companyId: record.default(null),
  dealId: record.default(null),
})
export type CreateRecordFile = z.infer<typeof CreateRecordFile>

export const RecordFile = z.object({
  id: z.uuid(),
  name: z.string(),
  contentType: z.string(),
  sizeBytes: z.number().int(),
  /** False while pieces of it are missing: until then only whoever adds it sees it. */
  isComplete: z.boolean(),
  contactId: z.uuid().nullable(),
  companyId: z.uuid().nullable(),
  dealId: z.uuid().nullable(),
  /** Who added it, and may delete it; null: no person. */
  addedById: z.uuid().nullable(),
  /** Null: nobody asked a scanner. */
  scan: FileScan.nullable().optional(),
  createdAt: Instant,
})
export type RecordFile = z.infer<typeof RecordFile>

/** Newest first. */
export const RecordFileSearch = PageQuery.extend({ contactId: z.uuid().optional(), companyId: z.uuid().optional(), dealId: z.uuid().optional() })
export type RecordFileSearch = z.infer<typeof RecordFileSearch>

const fileParams = idParams('fileId')

export const recordFileEndpoints = defineEndpoints('crm', {
  createRecordFile: {
    method: 'POST',
    path: '/record-files',
    summary: 'Announce a file about a record; its pieces follow',
    access: 'crm.file.create',
    idempotency: 'key',
    body: CreateRecordFile,
    response: RecordFile,
    status: 201,
    cost: 2,
  },
  putRecordFileChunk: {
    method: 'PUT',
    path: '/record-files/:fileId/chunks',
    summary: 'A piece of a file: 512 KiB, the last one smaller; with the last that was missing the file is there',
    access: 'crm.file.create',
    idempotency: 'natural',
    params: fileParams,
    body: chunkOf(MAX_FILE_BYTES),
    response: RecordFile,
    status: 200,
    bodyLimit: CHUNK_BODY_LIMIT,
    cost: 2,
  },
  listRecordFiles: {
    method: 'GET',
    path: '/record-files',
    summary: 'List files about records that one may see, newest first',
    access: 'crm.file.read',
    idempotency: 'safe',
    query: RecordFileSearch,
    response: pageOf(RecordFile),
    status: 200,
  },
  getRecordFileContent: {
    method: 'GET',
    path: '/record-files/:fileId/content',
    summary: 'Download a file',
    access: 'crm.file.read',
    idempotency: 'safe',
    params: fileParams,
    produces: 'application/octet-stream',
    status: 200,
    cost: 3,
  },
  deleteRecordFile: {
    method: 'DELETE',
    path: '/record-files/:fileId',
    summary: 'Delete a file: one’s own, or, with the permission to delete files, anybody’s',
    access: 'crm.file.create',
    idempotency: 'natural',
    params: fileParams,
    status: 204,
    cost: 2,
  },
})
