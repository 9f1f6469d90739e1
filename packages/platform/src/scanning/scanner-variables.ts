import { z } from 'zod'

/** Of every service that keeps files of strangers. */
export const scannerVariables = {
  CLAMD_URL: z
    .url({ protocol: /^(tcp|unix)$/ })
    .optional()
    .describe(
      'Scanner for malware that speaks the protocol of ClamAV: tcp://host:3310 or unix:///run/clamav/clamd.ctl. With it no file of strangers is downloaded, shown or read before it was found clean. Without it nothing is scanned.',
    ),
  SCAN_MAX_MB: z.coerce
    .number()
    .int()
    .min(1)
    .max(2_000)
    .default(100)
    .describe('Files above it are not sent to the scanner and not given out: StreamMaxLength of clamd.'),
  RESCAN_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe('Files of so many days are scanned again when the scanner has new signatures; 0: a verdict stays as it was.'),
} as const

export interface ScannerConfig {
  readonly CLAMD_URL?: string | undefined
  readonly SCAN_MAX_MB: number
  readonly RESCAN_DAYS: number
}
