import { createClient, ProblemError } from '@ai-crm/contracts'
import { beginSession, currentSession, endSession } from './session-store.ts'
import { openTexts } from './texts-in-writing.ts'

/** For what needs no token: signing in and up, refreshing. */
export const publicApi = createClient({ baseUrl: '', accessToken: () => null })

let flight: Promise<string | null> | null = null

/**
 * The refresh token rotates at every use and a second use ends the session, so tabs take turns (each then
 * sends the newest cookie). Without Web Locks (plain http on another host) tabs are not serialised.
 */
export const inTurn = <T>(task: () => Promise<T>): Promise<T> => ('locks' in navigator ? navigator.locks.request('ai-crm.refresh', task) : task())

async function exchange(): Promise<string | null> {
  try {
    const signedIn = await publicApi.auth.refreshSession()
    // Before a screen reads them.
    await openTexts(signedIn.writingKey)
    beginSession(signedIn)
    return signedIn.accessToken
  } catch (error) {
    if (!(error instanceof ProblemError) || ![400, 401, 403].includes(error.status)) throw error
    endSession('expired')
    return null
  }
}

/** A new access token, or null when the session is over. However many ask at once, one request leaves. */
export function refreshAccessToken(): Promise<string | null> {
  flight ??= inTurn(exchange).finally(() => {
    flight = null
  })
  return flight
}

export async function signOut(): Promise<void> {
  try {
    await publicApi.auth.signOut()
  } finally {
    endSession('by-person')
  }
}

/** For the client of the signed-in person: the token of now, or none. */
export function accessToken(): string | null {
  const session = currentSession()
  return session.status === 'signed-in' ? session.accessToken : null
}
