import { unsound } from './errors.ts'

/** Each reason for a loss once, however it is written. Throws `unsound` (422). */
export function requireDistinctReasons(reasons: readonly string[]): void {
  const written = reasons.map((reason) => reason.toLowerCase())
  const twice = written.findIndex((reason, index) => written.indexOf(reason) < index)
  if (twice >= 0) throw unsound([{ field: `/lostReasons/${twice}`, message: 'Is there already' }])
}
