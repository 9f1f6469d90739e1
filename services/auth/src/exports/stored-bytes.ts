import type { ExportBatch } from '@ai-crm/contracts'

/** What chunks take once they are kept: they travel in base64. */
export const storedBytes = (chunks: ExportBatch['chunks']): number => chunks.reduce((sum, { bytes }) => sum + Buffer.byteLength(bytes, 'base64'), 0)
