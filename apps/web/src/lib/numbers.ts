/** A number as people type it, `1 234,5` or `-1234.5`; null where it is none. */
export function parseNumber(typed: string): number | null {
  const text = typed.replaceAll(/[\s'’]/g, '').replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null
}
