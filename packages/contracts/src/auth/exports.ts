import { z } from 'zod'
import { defineEndpoints, SERVICE_NAMES, type ServiceName } from '../core/endpoint.ts'
import { idParams, Instant } from '../core/page.ts'

/** Services that keep rows of organisations: each brings its part of an archive. */
export const EXPORTING_SERVICES = ['auth', 'crm', 'messaging', 'ai', 'webhook', 'pipeline', 'websocket'] as const satisfies readonly ServiceName[]

/**
 * `running` → `ready` → `expired` (its time is over) | `removed` (by an owner)
 * `running` → `cancelled` (by an owner, or the organisation is erased) | `failed` (`problem` says which service)
 */
export const EXPORT_STATES = ['running', 'ready', 'expired', 'removed', 'cancelled', 'failed'] as const
export const ExportState = z.enum(EXPORT_STATES)
export type ExportState = z.infer<typeof ExportState>

/** How far one service is. */
const ExportPart = z.object({ service: z.enum(SERVICE_NAMES), state: z.enum(['waiting', 'working', 'done']), rowCount: z.number().int() })

/** Everything of the organisation in one archive, or on its way there. */
export const OrganizationExport = z.object({
  id: z.uuid(),
  state: ExportState,
  requestedBy: z.object({ id: z.uuid(), name: z.string().nullable() }),
  requestedAt: Instant,
  parts: z.array(ExportPart).max(20),
  /** So far; of everything once it is ready. */
  rowCount: z.number().int(),
  fileCount: z.number().int(),
  /** Unpacked. */
  sizeBytes: z.number().int(),
  /** Of the download, about. */
  archiveBytes: z.number().int(),
  readyAt: Instant.nullable(),
  /** When the archive is deleted. */
  expiresAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Of a failed one: which service could not bring its part. */
  problem: z.enum(SERVICE_NAMES).nullable(),
})
export type OrganizationExport = z.infer<typeof OrganizationExport>

/** A link that works once, for a minute, for this one archive. */
export const ExportDownload = z.object({ path: z.string(), expiresAt: Instant })
export type ExportDownload = z.infer<typeof ExportDownload>

const exportParams = idParams('exportId')

export const exportEndpoints = defineEndpoints('auth', {
  listExports: {
    method: 'GET',
    path: '/organization/exports',
    summary: 'Exports of the organisation, newest first (at most 20)',
    access: 'auth.organization.export',
    idempotency: 'safe',
    response: z.object({ items: z.array(OrganizationExport).max(20) }),
    status: 200,
  },
  requestExport: {
    method: 'POST',
    path: '/organization/exports',
    summary: 'Export everything that the organisation has; one at a time',
    access: 'auth.organization.export',
    stepUp: true,
    idempotency: 'key',
    response: OrganizationExport,
    status: 201,
    cost: 50,
    priority: 'write',
  },
  dropExport: {
    method: 'DELETE',
    path: '/organization/exports/:exportId',
    summary: 'Cancel an export that is running, or delete the archive of one that is ready',
    access: 'auth.organization.export',
    idempotency: 'natural',
    params: exportParams,
    response: OrganizationExport,
    status: 200,
  },
  // Exempt: the answer is a secret for a minute, and answers to Idempotency-Keys are stored. An unused link ends by itself.
  createExportDownload: {
    method: 'POST',
    path: '/organization/exports/:exportId/download',
    summary: 'A link to the archive that works once, for a minute',
    access: 'auth.organization.export',
    stepUp: true,
    idempotency: 'exempt',
    params: exportParams,
    response: ExportDownload,
    status: 201,
    cost: 10,
    priority: 'write',
  },
  /** Public to the gateway alone: a browser that saves a file sends no token. The ticket stands for an owner and is spent by this. */
  downloadExport: {
    method: 'GET',
    path: '/organization/export-archive',
    summary: 'The archive (tar.gz) that a link of createExportDownload is for',
    access: 'public',
    idempotency: 'safe',
    query: z.object({ ticket: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
    produces: 'application/gzip',
    status: 200,
    cost: 10,
    priority: 'read',
    // As long as a slow line needs for a large archive.
    timeoutMs: 6 * 3_600_000,
  },
})
