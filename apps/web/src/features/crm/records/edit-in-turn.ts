/** What own changes have made of the versions on screen. */
const successors = new Map<string, number>()
const keyOf = (id: string, version: number): string => `${id} ${version}`

/** An own change after other own ones, which may still have been on their way when it was made, conflicts with none of them. */
export async function editInTurn<Row extends { version: number }>(id: string, version: number, send: (ifMatch: number) => Promise<Row>): Promise<Row> {
  let current = version
  for (let next = successors.get(keyOf(id, current)); next !== undefined; next = successors.get(keyOf(id, current))) current = next
  const row = await send(current)
  if (row.version > current) successors.set(keyOf(id, current), row.version)
  return row
}
