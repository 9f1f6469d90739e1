import type { FieldRule, Me, Permission, RecordType, SignedIn } from '@ai-crm/contracts'
import { useSyncExternalStore } from 'react'
import { forgetTexts, openTexts } from './texts-in-writing.ts'

/**
 * unknown → signed-in | signed-out; signed-in ⇄ signed-out.
 * The access token lives in memory only; what survives a reload is the refresh cookie, which scripts cannot read.
 */
export type Session = { status: 'unknown' } | { status: 'signed-out'; cause: SessionEnd } | { status: 'signed-in'; accessToken: string; me: Me }

/** A session that ran out leads back to where the person was; one that was left does not. */
export type SessionEnd = 'expired' | 'by-person'

/** Says that a refresh is worth trying after a reload. Holds no secret. */
const HINT_KEY = 'ai-crm.signed-in'

let session: Session = { status: 'unknown' }
let lastMe: Me | null = null
const listeners = new Set<() => void>()
const otherTabs = new BroadcastChannel('ai-crm.session')

function change(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

/** `switched`: this browser went on in another organisation, so what a tab shows of the old one is void. */
export const tellOtherTabs = (news: 'signed-out' | 'switched'): void => otherTabs.postMessage(news)

otherTabs.onmessage = ({ data }) => {
  forgetTexts()
  if (data === 'switched') return location.assign('/')
  if (session.status === 'signed-in') change({ status: 'signed-out', cause: 'by-person' })
}

export const currentSession = (): Session => session
export const mayHaveSession = (): boolean => localStorage.getItem(HINT_KEY) === 'yes'

export function beginSession({ accessToken, me, writingKey }: SignedIn): void {
  void openTexts(writingKey)
  localStorage.setItem(HINT_KEY, 'yes')
  change({ status: 'signed-in', accessToken, me })
}

/** The same session, with what the server says of the person and the organisation by now. */
export function renewMe(me: Me): void {
  if (session.status === 'signed-in') change({ ...session, me })
}

/** The session is over in this tab and, when the person left it, in the others. */
export function endSession(cause: SessionEnd): void {
  localStorage.removeItem(HINT_KEY)
  forgetTexts()
  if (cause === 'by-person') tellOtherTabs('signed-out')
  change({ status: 'signed-out', cause })
}

export function onSessionChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSession = (): Session => useSyncExternalStore(onSessionChange, currentSession)

/** Who is signed in. Only for screens behind the sign-in guard, which is gone a moment after the session is. */
export function useMe(): Me {
  const current = useSession()
  if (current.status === 'signed-in') lastMe = current.me
  if (!lastMe) throw new Error('This screen needs a signed-in person.')
  return lastMe
}

/** Whether the signed-in person is permitted something: hides what the server would refuse anyway. */
export function useCan(permission: Permission): boolean {
  const current = useSession()
  return current.status === 'signed-in' && current.me.permissions.includes(permission)
}

/** What the person's role says of the fields of a kind of record; a field that is not named has no rule. */
export function useFieldRules(record: RecordType): Readonly<Record<string, FieldRule>> {
  return useMe().fields[record] ?? {}
}
