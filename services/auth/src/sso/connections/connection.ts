import type { SsoConnection } from '@ai-crm/contracts'
import { notFound, seal, unseal } from '@ai-crm/platform'
import type { Selectable } from 'kysely'
import type { Ctx, Db } from '../../ctx.ts'
import { pageLink } from '../../links/link-token.ts'
import type { Tables } from '../../tables.ts'
import type { Provider } from '../provider/provider.ts'

export type ConnectionRow = Selectable<Tables['ssoConnection']>

/** The page that providers send browsers back to: one address, compared exactly, never built from a request. */
export const redirectUri = (config: Pick<Ctx['config'], 'PUBLIC_URL'>): string => pageLink(config, '/sso/callback')

export const toConnection = ({ config }: Pick<Ctx, 'config'>, row: ConnectionRow): SsoConnection => ({
  id: row.id,
  name: row.name,
  issuer: row.issuer,
  clientId: row.clientId,
  defaultRole: row.defaultRole,
  isEnabled: row.enabledAt !== null,
  isTrustedToAskAgain: row.isTrustedToAskAgain,
  test: row.testedAt === null ? null : { at: row.testedAt.toISOString(), problem: row.testProblem },
  redirectUri: redirectUri(config),
  version: row.version,
})

type Sealer = Pick<Ctx, 'organizationId' | 'deriveKey'>
type Opener = Pick<Ctx, 'organizationId' | 'deriveKeys'>
export const secretKey = (organizationId: string): string => `auth.sso-connection.${organizationId}`
export const secretBinding = (organizationId: string, connectionId: string): string => `${organizationId}/${connectionId}`

/** Bound to organisation and row: copied elsewhere it does not open. */
export const sealSecret = (ctx: Sealer, connectionId: string, secret: string): Buffer =>
  seal(ctx.deriveKey(secretKey(ctx.organizationId)), secretBinding(ctx.organizationId, connectionId), secret)

export const providerOf = (ctx: Opener, { id, issuer, clientId, sealedSecret }: ConnectionRow): Provider => ({
  kind: 'connection',
  issuer,
  clientId,
  clientSecret: unseal(ctx.deriveKeys(secretKey(ctx.organizationId)), secretBinding(ctx.organizationId, id), sealedSecret),
  credential: id,
})

/** Throws `notFound` (404), for another organisation's as for none. */
export async function readConnection(db: Db, id: string): Promise<ConnectionRow> {
  const row = await db.selectFrom('ssoConnection').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('connection')
  return row
}

/** Against changes at the same moment, until the end of the transaction. After the members and the policy, where those are locked too: all lock in this order. Throws `notFound` (404). */
export async function lockConnection(db: Db, id: string): Promise<ConnectionRow> {
  const row = await db.selectFrom('ssoConnection').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw notFound('connection')
  return row
}
