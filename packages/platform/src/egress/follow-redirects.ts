import { callOnce } from './egress-call.ts'
import { EgressError } from './egress-error.ts'
import type { EgressAnswer, EgressRequest } from './egress-request.ts'
import { addressesOf, readTarget, type TargetRules } from './egress-target.ts'

const MAX_REDIRECTS = 3
const MAX_BYTES = 1_048_576

/** Calls, and follows the redirects of a GET: each hop is looked at like the first. */
export async function followRedirects(request: EgressRequest, rules: TargetRules, signal: AbortSignal): Promise<EgressAnswer> {
  let target = readTarget(request.url, rules)
  let current = request
  for (let redirects = 0; ; redirects += 1) {
    const answer = await callOnce(
      {
        target,
        addresses: await addressesOf(target, rules, signal),
        isWelcome: isWelcomeAt(target.isAllowed, rules),
        maxBytes: Math.min(request.maxBytes ?? MAX_BYTES, 10 * MAX_BYTES),
        longAnswer: request.longAnswer ?? 'refuse',
        signal,
      },
      current,
    )
    const isFollowed = request.method === 'GET' && request.redirects !== 'answer'
    const location = isFollowed && isRedirect(answer.status) ? answer.headers['location'] : undefined
    if (location === undefined) return answer
    if (redirects === MAX_REDIRECTS) throw new EgressError('redirect', `It redirects more than ${MAX_REDIRECTS} times.`)
    const next = readTarget(URL.parse(location, target.url.href)?.href ?? '', rules)
    if (target.url.protocol === 'https:' && next.url.protocol === 'http:') throw new EgressError('redirect', 'It redirects from https to http.')
    // What was meant for one origin is not told to the next.
    if (next.url.origin !== target.url.origin) current = { ...current, headers: {} }
    target = next
  }
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status)
const isWelcomeAt =
  (isAllowed: boolean, rules: TargetRules) =>
  (address: string): boolean =>
    isAllowed || rules.isPublic(address)
