import { PUBLIC_EVENT_TYPES } from '@ai-crm/contracts'
import { createEgress } from '@ai-crm/platform'
import type { Ctx } from '../ctx.ts'
import { unknownEventType, urlRefused } from './errors.ts'

/**
 * Says early what would fail at every attempt; where the name leads is looked at when it is called. Only hosts that the
 * operator named may be plain http: what is told is about customers.
 */
export function checkUrl({ config }: Pick<Ctx, 'config'>, url: string): string {
  const egress = createEgress({ allowedHosts: config.EGRESS_ALLOWED_HOSTS })
  const refusal = egress.refusalOf(url)
  if (refusal) throw urlRefused(refusal.message)
  if (!url.toLowerCase().startsWith('https:') && !egress.isAllowedHost(url)) throw urlRefused('It must begin with https.')
  return new URL(url).href
}

/** Without repetitions. */
export function checkEventTypes(types: readonly string[]): string[] {
  const unknown = types.find((type) => !PUBLIC_EVENT_TYPES.includes(type))
  if (unknown !== undefined) throw unknownEventType(unknown)
  return [...new Set(types)]
}
