import { defineError } from '@ai-crm/platform'

export const rateLimited = defineError(
  'gateway.rate_limit.exceeded',
  429,
  (retryAfterSeconds: number) => `Too many requests. Try again in ${retryAfterSeconds} s.`,
  (retryAfterSeconds) => ({ retryAfterSeconds }),
)
/** No replica of the service answers: nothing was done. */
export const serviceAway = defineError(
  'gateway.service.away',
  503,
  (service: string) => `The ${service} service does not answer at the moment.`,
  () => ({ retryAfterSeconds: 2 }),
)
/** The connection broke after the request had left: whether it took effect is not known. */
export const serviceBroke = defineError('gateway.service.broke', 502, (service: string) => `The ${service} service broke off its answer.`)
export const serviceSlow = defineError('gateway.service.slow', 504, (service: string) => `The ${service} service took too long to answer.`)
