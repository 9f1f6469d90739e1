import { sql } from 'kysely'
import type { Ctx } from '../../ctx.ts'
import { findPermitted } from '../../notices/find-permitted.ts'
import { pageLink } from '../../links/link-token.ts'
import { recordSecurityEvent } from '../../security-log/record-security-event.ts'
import { requestSystemMail } from '../../system-mails/request-system-mail.ts'
import { lockPolicy } from '../policy/policy.ts'
import type { DomainRow } from './domain.ts'
import { recordName, recordValue, type LookUp } from './domain-proof.ts'
import { isWorthWarning, judge, lapsesAt, type Verdict } from './domain-health.ts'

/**
 * Looks once more whether a proven domain is still the organisation's. The name servers are asked outside of the
 * transaction; whoever changed the domain meanwhile has won.
 */
export async function recheckDomain(ctx: Ctx, lookUp: LookUp, domainId: string): Promise<void> {
  const known = await ctx.db.selectFrom('emailDomain').selectAll().where('id', '=', domainId).where('verifiedAt', 'is not', null).executeTakeFirst()
  if (!known) return
  const found = await lookUp(recordName(known.name))
  await ctx.write(async (scope) => {
    const { db } = scope
    await lockPolicy(ctx, db)
    const domain = await db
      .selectFrom('emailDomain')
      .selectAll()
      .where('id', '=', domainId)
      .where('verifiedAt', 'is not', null)
      .where('proofFailures', '=', known.proofFailures)
      .executeTakeFirst()
    if (!domain) return
    const { rows } = await sql<{ now: Date }>`select now() as now`.execute(db)
    const now = rows[0]?.now ?? new Date()
    const isThere = found.isAnswered ? found.texts.includes(recordValue(domain.challenge)) : null
    const verdict = judge(domain, isThere, now, ctx.config.DOMAIN_GRACE_DAYS)
    if (verdict.hasLapsed) return lapse(ctx, scope, domain)
    await db.updateTable('emailDomain').set({ proofFailures: verdict.failures, proofFailingSince: verdict.failingSince }).where('id', '=', domainId).execute()
    await db.updateTable('capturedDomain').set({ recheckAt: verdict.nextAt }).where('domainId', '=', domainId).execute()
    if (isWorthWarning(domain, verdict)) await warn(ctx, scope, domain, verdict)
  })
}

type Scope = Parameters<Parameters<Ctx['write']>[0]>[0]

async function warn(ctx: Ctx, scope: Scope, { id, name: domain, challenge }: DomainRow, { failingSince }: Verdict): Promise<void> {
  if (failingSince === null) return
  const until = lapsesAt(failingSince, ctx.config.DOMAIN_GRACE_DAYS).toISOString()
  recordSecurityEvent(scope, { kind: 'domain.failing', about: { type: 'domain', id }, details: { name: domain, lapsesAt: until } })
  const record = { recordName: recordName(domain), recordValue: recordValue(challenge) }
  await tell(ctx, scope, (common) => ({ template: 'domain-failing', parameters: { ...common, domain, ...record, lapsesAt: until } }))
}

/**
 * The domain is nobody's any more: accounts of it sign up as everybody does, nobody new joins by the provider, and nobody has
 * to come in by it. Nobody is locked out either: whoever the provider has vouched for before is led there still, until another
 * organisation proves the domain, and a password opens again. Sessions go on; the policy binds again with the proof.
 */
async function lapse(ctx: Ctx, scope: Scope, { id, name: domain }: DomainRow): Promise<void> {
  await scope.db
    .updateTable('capturedDomain')
    .set({ lapsedAt: sql<Date>`now()` })
    .where('domainId', '=', id)
    .execute()
  await scope.db
    .updateTable('emailDomain')
    .set({ verifiedAt: null, lapsedAt: sql<Date>`now()`, proofFailures: 0, proofFailingSince: null })
    .where('id', '=', id)
    .execute()
  recordSecurityEvent(scope, { kind: 'domain.lapsed', about: { type: 'domain', id }, details: { name: domain } })
  await tell(ctx, scope, (common) => ({ template: 'domain-lapsed', parameters: { ...common, domain } }))
}

interface Common {
  readonly name: string
  readonly organizationName: string
  readonly link: string
}
type Words =
  | { readonly template: 'domain-failing'; readonly parameters: Common & { domain: string; recordName: string; recordValue: string; lapsesAt: string } }
  | { readonly template: 'domain-lapsed'; readonly parameters: Common & { domain: string } }

/** Those who can mend it: owners, administrators, and whom a role of the organisation's own lets manage single sign-on. */
async function tell(ctx: Ctx, scope: Scope, words: (common: Common) => Words): Promise<void> {
  const { name: organizationName } = await scope.db.selectFrom('organization').select('name').executeTakeFirstOrThrow()
  const link = pageLink(ctx.config, '/settings/single-sign-on')
  for (const { name, email: to, locale } of await findPermitted(scope.db, 'auth.sso.manage')) {
    const { template, parameters } = words({ name, organizationName, link })
    await requestSystemMail(ctx, scope, { to, template, locale, parameters })
  }
}
