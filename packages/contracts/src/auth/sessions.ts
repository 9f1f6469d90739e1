import { z } from 'zod'
import { defineEndpoints } from '../core/endpoint.ts'
import { idParams, Instant } from '../core/page.ts'

/** One sign-in of a person on one device, alive. */
export const Session = z.object({
  id: z.uuid(),
  device: z.object({
    /** Names as the browser gives itself out, such as `Firefox` and `Windows`; null where it does not say. */
    browser: z.string().nullable(),
    system: z.string().nullable(),
    kind: z.enum(['desktop', 'mobile', 'tablet', 'other']),
  }),
  /** Where it was used last. */
  place: z.object({
    address: z.string().nullable(),
    /** What an address tells by itself. We keep no map of the internet, so there is no city to be wrong about. */
    network: z.enum(['this-computer', 'private', 'public', 'unknown']),
  }),
  createdAt: Instant,
  /** To about ten minutes: it is noted when the access token is renewed. */
  lastSeenAt: Instant,
  /** When it ends however much it is used. */
  expiresAt: Instant,
  isCurrent: z.boolean(),
})
export type Session = z.infer<typeof Session>

const list = z.object({ items: z.array(Session).max(200) })
const EndedSessions = z.object({ endedCount: z.number().int() })

export const sessionEndpoints = defineEndpoints('auth', {
  listSessions: {
    method: 'GET',
    path: '/auth/sessions',
    summary: 'Where you are signed in to this organisation, used last first (at most 200)',
    access: 'signed-in',
    idempotency: 'safe',
    response: list,
    status: 200,
  },
  endOwnSession: {
    method: 'DELETE',
    path: '/auth/sessions/:sessionId',
    summary: 'Sign out one of your sessions: its tokens and sockets die with it',
    access: 'signed-in',
    idempotency: 'natural',
    params: idParams('sessionId'),
    status: 204,
  },
  endOtherSessions: {
    method: 'POST',
    path: '/auth/sessions/end-others',
    summary: 'Sign out everywhere but here',
    access: 'signed-in',
    idempotency: 'natural',
    response: EndedSessions,
    status: 200,
  },
  listMemberSessions: {
    method: 'GET',
    path: '/members/:userId/sessions',
    summary: 'Where a member is signed in, used last first (at most 200)',
    access: 'auth.session.manage',
    idempotency: 'safe',
    params: idParams('userId'),
    response: list,
    status: 200,
  },
  endMemberSession: {
    method: 'DELETE',
    path: '/members/:userId/sessions/:sessionId',
    summary: 'Sign a member out of one session',
    access: 'auth.session.manage',
    idempotency: 'natural',
    params: z.object({ userId: z.uuid(), sessionId: z.uuid() }),
    status: 204,
  },
  endMemberSessions: {
    method: 'DELETE',
    path: '/members/:userId/sessions',
    summary: 'Sign a member out everywhere',
    access: 'auth.session.manage',
    idempotency: 'natural',
    params: idParams('userId'),
    response: EndedSessions,
    status: 200,
  },
})
