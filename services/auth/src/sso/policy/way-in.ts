import type { Factor } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { AppError } from '@ai-crm/platform'
import type { Db } from '../../ctx.ts'
import { ssoRequired, staysHere } from '../errors.ts'

/** Who vouches for the person of a session, beside what they have proven to us. */
export type Voucher =
  | { readonly by: 'connection'; readonly organizationId: string; readonly connectionId: string; readonly amr: readonly string[]; readonly acr: string | null }
  | { readonly by: 'google' | 'microsoft'; readonly amr: readonly string[]; readonly acr: string | null }

/** How somebody wants to come in. */
export interface WayIn {
  readonly factors: readonly Factor[]
  readonly voucher: Voucher | null
}

interface SessionColumns {
  readonly identityProvider: 'connection' | 'google' | 'microsoft' | null
  readonly connectionId: string | null
  readonly providerAmr: string[] | null
  readonly providerAcr: string | null
}

/** Of a session of the organisation. */
export function voucherOf(organizationId: string, { identityProvider, connectionId, providerAmr, providerAcr: acr }: SessionColumns): Voucher | null {
  const amr = providerAmr ?? []
  if (identityProvider === null) return null
  if (identityProvider !== 'connection') return { by: identityProvider, amr, acr }
  return connectionId === null ? null : { by: 'connection', organizationId, connectionId, amr, acr }
}

/** With one of them an owner comes in whatever happens to the provider. */
const BREAK_GLASS: readonly Factor[] = ['totp', 'passkey', 'recovery-code', 'remembered-device']

/**
 * Why the person may not come into an organisation in this way, or null. The one place that knows:
 *
 *   - An organisation's own provider counts there and nowhere else: no organisation trusts another one's provider.
 *   - Where single sign-on is enforced, an address of a proven domain comes in by it only; but an owner with a second
 *     factor can always, so that a provider that broke, or was set up wrongly, shuts nobody out for good.
 */
export async function refusalOf(db: Db, organizationId: string, userId: string, { factors, voucher }: WayIn): Promise<AppError | null> {
  if (voucher?.by === 'connection') return voucher.organizationId === organizationId ? null : staysHere()
  const hasSecond = factors.some((factor) => BREAK_GLASS.includes(factor))
  const { rows } = await sql<{ isRefused: boolean }>`select exists (
    select from auth.sign_in_policy policy
      join auth.membership member on member.organization_id = policy.organization_id and member.user_id = ${userId}
      join auth.user_account person on person.id = member.user_id
      join auth.email_domain domain on domain.organization_id = policy.organization_id and domain.verified_at is not null
       and domain.name = split_part(person.email, '@', 2)
      join auth.sso_connection connection on connection.organization_id = domain.organization_id and connection.id = domain.connection_id
       and connection.enabled_at is not null
     where policy.organization_id = ${organizationId} and policy.sso_enforced_at is not null
       and not (member.role = 'owner' and ${hasSecond})) as "isRefused"`.execute(db)
  return rows[0]?.isRefused ? ssoRequired() : null
}
