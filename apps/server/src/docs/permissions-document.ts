import { allEndpoints, API_PREFIX, PERMISSIONS, ROLE_PERMISSIONS, ROLES } from '@ai-crm/contracts'
import { type GeneratedDocument, heading, table } from './document.ts'

/** docs/generated/permissions.md: which role may do what, and what each route asks for. */
export function permissionsDocument(): GeneratedDocument {
  const granted: ReadonlyMap<string, ReadonlySet<string>> = new Map(Object.entries(ROLE_PERMISSIONS))
  const matrix = table(
    ['Permission', 'Lets somebody', ...ROLES],
    Object.entries(PERMISSIONS).map(([permission, meaning]) => [
      `\`${permission}\``,
      meaning,
      ...ROLES.map((role) => (granted.get(role)?.has(permission) ? '✓' : '')),
    ]),
  )
  const routes = table(
    ['Route', 'Needs', 'Repeat', 'Cost', 'Operation'],
    allEndpoints.map(({ method, path, access, idempotency, cost, name }) => [
      `\`${method} ${API_PREFIX}${path}\``,
      access in PERMISSIONS ? `\`${access}\`` : access,
      REPEAT[idempotency],
      String(cost ?? 1),
      name,
    ]),
  )
  const introduction = 'Deny by default: a permission that a role does not list is refused with 403. What belongs to another organisation is 404 for everybody.'
  return { path: 'docs/generated/permissions.md', text: `${heading('Permissions', introduction)}\n## Roles\n\n${matrix}\n\n## Routes\n\n${routes}\n` }
}

const REPEAT = { safe: 'reads only', natural: 'changes nothing further', key: '`Idempotency-Key`', exempt: 'not protected' } as const
