import type { Actor } from '@ai-crm/contracts'
import { z } from 'zod'
import type { PublicCtx } from '../context.ts'
import { failureFields } from '../events/describe-failure.ts'
import { organizationsOf, type AcrossOrganizations } from '../events/organizations.ts'
import type { JobHandler } from '../service.ts'
import type { Sweep } from './sweep.ts'

const SYSTEM: Actor = { type: 'system', id: null }

export const sweepJob = ({ name, schedule, isNeeded = () => true, handle }: Sweep, connection: AcrossOrganizations): JobHandler => ({
  name,
  schedule,
  payload: z.unknown(),
  timeoutMs: 30 * 60_000,
  concurrency: 1,
  async handle(publicCtx: PublicCtx) {
    if (!isNeeded(publicCtx)) return
    for await (const organizationId of organizationsOf(connection)) {
      publicCtx.signal.throwIfAborted()
      await handle(publicCtx.enter(organizationId, SYSTEM)).catch((error: unknown) =>
        publicCtx.log.error({ sweep: name, organizationId, ...failureFields(error) }, 'a sweep failed in an organisation'),
      )
    }
  },
})
