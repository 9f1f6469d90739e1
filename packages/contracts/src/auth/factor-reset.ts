import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant } from '../core/page.ts'
import { LinkToken } from './account.ts'
import { Email, Member } from './http.ts'

/** For whoever has lost every second factor, recovery codes too: others take the factors away, slowly, and the person is told. */
export const factorResetEndpoints = defineEndpoints('auth', {
  requestFactorReset: {
    method: 'POST',
    path: '/members/:userId/factor-reset',
    summary: 'Take all second factors from a member who has lost them, after a time in which they can refuse; repeated it changes nothing',
    access: 'auth.member.manage',
    stepUp: true,
    idempotency: 'natural',
    params: idParams('userId'),
    response: Member,
    status: 200,
    cost: 10,
  },
  withdrawFactorReset: {
    method: 'DELETE',
    path: '/members/:userId/factor-reset',
    summary: 'Leave a member their second factors after all',
    access: 'auth.member.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    status: 204,
  },
  keepFactors: {
    method: 'POST',
    path: '/auth/factors/keep',
    summary: 'Keep the second factors, by the link of the mail that says that they will be taken away',
    access: 'public',
    idempotency: 'natural',
    body: z.object({ token: LinkToken }),
    status: 204,
    cost: 10,
  },
  requestFactorResetAsOperator: {
    method: 'POST',
    path: '/installation/factor-resets',
    summary: 'The same for anybody, such as the only owner of an organisation; only for operators, to others it does not exist',
    access: 'signed-in',
    stepUp: true,
    idempotency: 'natural',
    body: z.object({ email: Email }),
    response: z.object({ resetsAt: Instant }),
    status: 200,
    cost: 10,
  },
})
