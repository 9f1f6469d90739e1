/** PostgreSQL's `2026-01-31 10:00:00.5+00` as ISO 8601 with milliseconds. Our roles speak UTC; other zones take the long way. */
export function toInstant(text: string): string {
  if (!text.endsWith('+00') || text.charAt(10) !== ' ') return new Date(text).toISOString()
  const time = text.slice(11, -3)
  return `${text.slice(0, 10)}T${time.length === 8 ? `${time}.000` : time.slice(0, 12).padEnd(12, '0')}Z`
}
