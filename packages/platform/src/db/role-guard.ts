import type { Connection } from './connection.ts'

// What would see through row-level security: attributes of the role or of any role it belongs to, and owned tables.
const FIND_DANGERS = `
  select
    bool_or(role.rolsuper) as is_superuser,
    bool_or(role.rolbypassrls) as bypasses_row_security,
    bool_or(exists (select from pg_class where relowner = role.oid and relkind in ('r', 'p'))
      or exists (select from pg_namespace where nspowner = role.oid)) as is_owner
  from pg_roles role
  where pg_has_role(session_user, role.oid, 'member')`

const DANGERS: Readonly<Record<string, string>> = {
  isSuperuser: 'is a superuser',
  bypassesRowSecurity: 'bypasses row-level security',
  isOwner: 'owns tables or a schema',
}

/** Throws when the connection's role is not bound by row-level security (reliability 2.1, 5.3). */
export async function assertHarmlessRole(connection: Connection, user: string): Promise<void> {
  const [result] = await connection.run([{ text: FIND_DANGERS, values: [] }])
  const found = Object.entries(DANGERS).filter(([column]) => result?.rows[0]?.[column] === true)
  if (found.length === 0) return
  throw new Error(`Refusing to work as database role "${user}": it ${found.map(([, sentence]) => sentence).join(', ')} (or belongs to a role that does).`)
}
