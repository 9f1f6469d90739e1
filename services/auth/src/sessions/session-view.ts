import type { Session } from '@ai-crm/contracts'
import { isIP } from 'node:net'
import { isPublicAddress } from '@ai-crm/platform'
import Bowser from 'bowser'

const UNKNOWN = ''

/** What the browser says about itself. A claim, shown to help people recognise their devices; nothing is decided by it. */
export function deviceOf(userAgent: string): Session['device'] {
  if (userAgent === UNKNOWN) return { browser: null, system: null, kind: 'other' }
  const { browser, os, platform } = Bowser.parse(userAgent)
  return { browser: browser.name?.slice(0, 60) || null, system: os.name?.slice(0, 60) || null, kind: kindOf(platform.type) }
}

function kindOf(type: string | undefined): Session['device']['kind'] {
  return type === 'desktop' || type === 'mobile' || type === 'tablet' ? type : 'other'
}

/** Only what the address tells by itself (RFC 6890). */
export function placeOf(address: string | null): Session['place'] {
  if (address === null || isIP(address) === 0) return { address, network: 'unknown' }
  if (LOOPBACK.test(address)) return { address, network: 'this-computer' }
  return { address, network: isPublicAddress(address) ? 'public' : 'private' }
}

const LOOPBACK = /^(::ffff:)?127\.|^::1$/i
