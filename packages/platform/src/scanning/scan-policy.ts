import type { FileScan } from '@ai-crm/contracts'
import { defineError } from '../errors.ts'
import { scanStream, type Verdict } from './clamd.ts'
import type { ScannerConfig } from './scanner-variables.ts'

/*
 * null (nobody asked a scanner) → waiting → clean | infected | unscannable
 * With a scanner only what is clean is given out. What was found once stays shut without one too.
 */

/** As they stand in the row of a file. */
export interface ScanColumns {
  readonly scanState: FileScan['state'] | null
  readonly scanFinding: string | null
}

export const fileInfected = defineError('platform.file_infected', 403, () => 'The scanner found malware in this file. It is kept, but not given out.')
export const fileUnscannable = defineError(
  'platform.file_unscannable',
  403,
  () => 'This file is too large for the scanner and is not given out. Whoever runs the installation can raise the limit.',
)
export const fileNotScanned = defineError(
  'platform.file_not_scanned',
  409,
  () => 'This file has not been scanned for malware yet. Try again in a moment.',
  () => ({ retryAfterSeconds: 10 }),
)

/** What a new file begins as. */
export const firstScanState = ({ CLAMD_URL }: ScannerConfig): 'waiting' | null => (CLAMD_URL === undefined ? null : 'waiting')

export const toScan = ({ scanState, scanFinding }: ScanColumns): FileScan | null => (scanState === null ? null : { state: scanState, finding: scanFinding })

/** Whether it may be given out now. */
export const isGivenOut = ({ CLAMD_URL }: ScannerConfig, { scanState }: Pick<ScanColumns, 'scanState'>): boolean =>
  scanState === 'clean' || (CLAMD_URL === undefined && (scanState === null || scanState === 'waiting'))

/** Throws `fileInfected`, `fileUnscannable` (403), `fileNotScanned` (409) for a file that may not be given out. */
export function requireGivenOut(config: ScannerConfig, columns: Pick<ScanColumns, 'scanState'>): void {
  if (isGivenOut(config, columns)) return
  if (columns.scanState === 'infected') throw fileInfected()
  throw columns.scanState === 'unscannable' ? fileUnscannable() : fileNotScanned()
}

/** Asks the scanner. Null: there is none. Throws `ScannerAway`. */
export async function scanFile(
  { CLAMD_URL, SCAN_MAX_MB }: ScannerConfig,
  file: { readonly sizeBytes: number; readonly blocks: AsyncIterable<Uint8Array> },
  signal: AbortSignal,
): Promise<Verdict | null> {
  if (CLAMD_URL === undefined) return null
  if (file.sizeBytes > SCAN_MAX_MB * 1024 * 1024) return { state: 'unscannable', finding: null }
  return scanStream(CLAMD_URL, file.blocks, signal)
}
