/** What of the relay's connection is needed: statements that see all organisations. */
export interface AcrossOrganizations {
  query<Row extends Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<Row[]>
}

const AT_ONCE = 500

/** Everybody of whom anything ever happened in the service, by steps through the key of its log: never by reading the log. */
export async function* organizationsOf(connection: AcrossOrganizations): AsyncGenerator<string> {
  let last = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = await connection.query<{ id: string }>(
      `with recursive step as (
         (select organization_id as id, 1 as nth from event where organization_id > $1 order by organization_id limit 1)
         union all
         select next.id, step.nth + 1 from step cross join lateral
           (select organization_id as id from event where organization_id > step.id order by organization_id limit 1) as next
          where step.nth < ${AT_ONCE}
       ) select id from step order by id`,
      [last],
    )
    for (const { id } of rows) yield id
    const end = rows.at(-1)
    if (!end || rows.length < AT_ONCE) return
    last = end.id
  }
}
