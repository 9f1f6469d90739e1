import type { Retention } from '@ai-crm/platform'

/** Bytes of deleted files, and of those whose last piece never came. */
export const FILE_RETENTION: Retention = { table: 'file_chunk', column: 'unneeded_since', days: 30 }
