import type { GuardMutant } from './guard-mutant.ts'

const auth = 'services/auth/src'
const http = 'packages/platform/src/http'
const refresh = { file: `${auth}/sessions/rotate-refresh-token.ts`, test: `${auth}/sessions/refresh-session.int.test.ts`, project: 'int' } as const
const challenge = { file: `${auth}/factors/challenges/answer-challenge.ts`, test: `${auth}/sign-in/second-factor.int.test.ts`, project: 'int' } as const
const attempts = { file: `${auth}/sign-in/take-attempt.ts`, test: `${auth}/sign-in/sign-in.int.test.ts`, project: 'int' } as const
const tokens = { file: `${http}/tokens.ts`, test: `${http}/tokens.test.ts`, project: 'unit' } as const

/** Guards of the front door: who somebody is, for how long, and what they may do to others. */
export const FRONT_MUTANTS: readonly GuardMutant[] = [
  { ...refresh, guard: 'a refresh token is exchanged once', from: "    .where('rotatedAt', 'is', null)\n", to: '' },
  { ...refresh, guard: 'a token that comes back late ends the session', from: 'if (use.isInGrace && isSameDevice) return', to: 'if (isSameDevice) return' },
  { ...refresh, guard: 'a token that comes back from another device ends the session', from: 'use.isInGrace && isSameDevice', to: 'use.isInGrace' },
  { ...challenge, guard: 'answers to a challenge are counted before they are looked at', from: 'sql<number>`attempts + 1`', to: 'sql<number>`attempts`' },
  { ...challenge, guard: 'a challenge is answered where it was given', from: "\n      .where('deviceDigest', '=', keys.deviceDigest)", to: '' },
  {
    guard: 'a code of an app counts once',
    file: `${auth}/factors/totp/spend-totp-code.ts`,
    from: "      .where('lastUsedStep', '<', step)\n",
    to: '',
    test: challenge.test,
    project: 'int',
  },
  {
    guard: 'an organisation takes no factors from whoever belongs to another one too',
    file: `${auth}/factors/reset/request-reset.ts`,
    from: '    if (!(await isNowhereBut(scope.db, userId, ctx.organizationId))) throw belongsElsewhere()\n',
    to: '',
    test: `${auth}/factors/reset/factor-reset.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'factors that were used meanwhile are not lost',
    file: `${auth}/factors/reset/reset-due.ts`,
    from: "  if (rows[0]?.isUsed) return 'used'\n",
    to: '',
    test: `${auth}/factors/reset/factor-reset.int.test.ts`,
    project: 'int',
  },
  {
    ...attempts,
    guard: 'passwords are tried ten times',
    from: '  if (counted.attempts > ATTEMPTS) throw tooManyAttempts(counted.retryAfterSeconds)\n',
    to: '',
  },
  {
    ...attempts,
    guard: 'strangers do not use up what the owner has on a known device',
    from: 'lane: isKnown ? deviceDigest : STRANGERS',
    to: 'lane: STRANGERS',
  },
  { ...tokens, guard: 'a token for another audience is refused', from: ', audience: AUDIENCE })', to: ' })' },
  {
    ...tokens,
    guard: 'a token whose session or rights are over is refused',
    from: '      if (await revocations.isRefused(principal)) throw unauthenticated()\n',
    to: '',
  },
  {
    guard: 'an operation asks for its permission',
    file: `${http}/authenticate.ts`,
    from: '  if (!principal.permissions.has(access)) throw permissionDenied(access)\n',
    to: '',
    test: `${http}/conformance.test.ts`,
    project: 'unit',
  },
  {
    guard: 'sensitive work asks for a fresh proof',
    file: `${http}/authenticate.ts`,
    from: "agent.type !== 'user' || Date.now() - authenticatedAtMs > FRESH_MS",
    to: "agent.type !== 'user'",
    test: `${auth}/step-up/step-up.int.test.ts`,
    project: 'int',
  },
  {
    guard: 'pages of other sites do nothing with somebody’s cookies',
    file: `${http}/refuse-cross-site.ts`,
    from: '  if (site !== undefined) throw crossSiteRequest()\n',
    to: '',
    test: 'apps/server/src/proof/cross-site.int.test.ts',
    project: 'int',
  },
  {
    guard: 'pages of other sites open no socket',
    file: 'services/websocket/src/sockets/admit-upgrade.ts',
    from: "  if (!isOurOrigin(request, allowedOrigins)) return 'This page may not open sockets here.'\n",
    to: '',
    test: 'services/websocket/src/sockets/admit-upgrade.test.ts',
    project: 'unit',
  },
  {
    guard: 'a ticket opens one socket',
    file: 'services/websocket/src/tickets/take-ticket.ts',
    from: 'ctx.cache.take(',
    to: 'ctx.cache.get(',
    test: 'services/websocket/src/sockets/sockets.int.test.ts',
    project: 'int',
  },
  {
    guard: 'a sign-in elsewhere ends in the browser that began it',
    file: `${auth}/sso/flow/take-flow.ts`,
    from: "      .where('deviceDigest', '=', digestOf(device))\n",
    to: '',
    test: `${auth}/sso/attacks.int.test.ts`,
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
    guard: 'a guessed key costs its address before anybody is asked',
    file: 'services/gateway/src/api-keys/exchange-keys.ts',
    from: '    if (!last || last.answer instanceof AppError) await chargeAddress(countedAddress(request.ip))\n',
    to: '',
    test: 'apps/server/src/api-keys.int.test.ts',
    project: 'int',
  },
]
