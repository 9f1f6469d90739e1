import type { GuardMutant } from './guard-mutant.ts'

const auth = 'services/auth/src'
const http = 'packages/platform/src/http'

/** Guards of rights: who may decide about others, and until when. */
export const RIGHTS_MUTANTS: readonly GuardMutant[] = [
  {
    guard: 'what stays is set up by nobody whose rights ended a moment ago',
    file: `${http}/guard-endpoint.ts`,
    from: '    if (isDeciding && (await options.verifier.isRefusedNow(request.principal))) throw unauthenticated()\n',
    to: '',
    test: 'apps/server/src/change-of-rights.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a stolen token makes nobody an administrator',
    file: `${auth}/step-up/require-proof-to-give.ts`,
    from: 'if ([...permissions].some(isAdministering))',
    to: 'if (false as boolean)',
    test: `${auth}/step-up/proof-to-give.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'who decides about others may still do so',
    file: `${auth}/members/lock-members.ts`,
    from: '  if (!actor.permissions.has(permission)) throw permissionDenied(permission)\n',
    to: '',
    test: `${auth}/members/rights-of-now.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a webhook leads elsewhere by a fresh proof only',
    file: 'services/webhook/src/subscriptions/update-webhook.ts',
    from: '    if (changes.url) requireFreshProofUnlessKey(ctx.rights?.proof ?? null)\n',
    to: '',
    test: 'services/webhook/src/subscriptions/webhooks.int.test.ts',
    project: 'int',
  },
  {
    guard: 'no role hides what a record is called',
    file: `${auth}/roles/grantable.ts`,
    from: '    if (unknown !== undefined) throw unknownField(`${record}.${unknown}`)\n',
    to: '',
    test: `${auth}/roles/roles.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'an owner remains',
    file: `${auth}/members/lock-members.ts`,
    from: '  if (!other) throw lastOwner()\n',
    to: '',
    test: `${auth}/members/change-members.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'nobody changes who stands above them',
    file: `${auth}/members/lock-members.ts`,
    from: '  if (!mayHandle(actor, target.role)) throw outranked()\n',
    to: '',
    test: `${auth}/members/change-members.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'nobody gives rights that they do not have',
    file: `${auth}/roles/grantable.ts`,
    from: '  if (missing.length > 0) throw notYoursToGrant(missing)\n',
    to: '',
    test: `${auth}/roles/roles.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a link proves nothing of the address that it is for',
    file: `${auth}/invitations/accept-invitation.ts`,
    from: "if (kind === 'link' || email === null) throw signInFirst()",
    to: 'if (email === null) throw signInFirst()',
    test: `${auth}/invitations/links-for-an-address.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a link for anybody makes no administrators',
    file: `${auth}/invitations/invite.ts`,
    from: '  if (email === null && [...ROLE_PERMISSIONS[role]].some(isAdministering)) throw addressNeeded()\n',
    to: '',
    test: `${auth}/invitations/links-for-an-address.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a provider opens no organisation but its own by what it adds to an account',
    file: `${auth}/factors/require-own-proof.ts`,
    from: "if (session?.identityProvider !== 'connection' || (await isNowhereBut(db, userId, organizationId))) return null",
    to: 'if (session) return null',
    test: `${auth}/sso/vouched-elsewhere.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'a provider that was let go of keeps no session alive',
    file: `${auth}/sessions/rotate-refresh-token.ts`,
    from: '    .where(isStillVouchedFor)\n',
    to: '',
    test: `${auth}/sso/installation-provider.int.test.ts`,
    project: 'int',
  },
]
