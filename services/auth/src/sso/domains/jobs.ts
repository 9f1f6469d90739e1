import { auth } from '../../ctx.ts'
import { recheckDomains } from './recheck-domains.ts'

/** Hourly, because what fails is looked at again within hours; each domain has its own time. */
export const recheckDomainsHourly = auth.scheduled({
  name: 'auth.recheck-domains',
  schedule: '29 * * * *',
  timeoutMs: 30 * 60_000,
  handle: recheckDomains,
})
