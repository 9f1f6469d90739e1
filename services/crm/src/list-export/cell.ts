/** What stands in one place of a table: a text, a number, a day (`2026-01-31`) or an instant as the clock on the reader's wall shows it (`2026-01-31 14:05:00`). */
export type Cell = string | number | { readonly day: string } | { readonly wall: string } | null

export const textOf = (cell: Cell): string | number => {
  if (cell === null) return ''
  if (typeof cell !== 'object') return cell
  return 'day' in cell ? cell.day : cell.wall
}
