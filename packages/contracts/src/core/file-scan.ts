import { z } from 'zod'

/**
 * What the scanner for malware says of a file. `waiting`: it was not asked yet, or did not answer. Only what is `clean` is given out;
 * `unscannable` is what it does not take. `finding`: its name for what it found.
 */
export const FileScan = z.object({ state: z.enum(['waiting', 'clean', 'infected', 'unscannable']), finding: z.string().nullable() })
export type FileScan = z.infer<typeof FileScan>
