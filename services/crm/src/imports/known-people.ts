import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

/** Members by what a file may call them: their name or their address, in lower case. A name of two people is nobody's. */
export async function knownPeople(db: Db): Promise<[called: string, userId: string][]> {
  const { rows } = await sql<{ userId: string; name: string; email: string }>`
    select person.user_id, person.name, person.email from person left join member on member.user_id = person.user_id
     where member.is_member is not false`.execute(db)
  const names = rows.map(({ name }) => name.toLowerCase())
  const isUnique = (name: string) => names.indexOf(name.toLowerCase()) === names.lastIndexOf(name.toLowerCase())
  return rows.flatMap(({ userId, name, email }) => {
    const called = [email.toLowerCase(), userId, ...(isUnique(name) ? [name.toLowerCase()] : [])]
    return called.map((one): [string, string] => [one, userId])
  })
}
