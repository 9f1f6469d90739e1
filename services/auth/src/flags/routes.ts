import { flagEndpoints, internalFlagEndpoints } from '@ai-crm/contracts'
import { auth } from '../ctx.ts'
import { getFlagException, listFlagExceptions } from './flag-exceptions.ts'
import { getFlagSnapshot } from './get-flag-snapshot.ts'
import { listFlagChanges } from './list-flag-changes.ts'
import { listFlags } from './list-flags.ts'
import { listInstallationFlags } from './list-installation-flags.ts'
import { requireOperator } from './operator.ts'
import { setFlagException } from './set-flag-exception.ts'
import { setInstallationFlag } from './set-installation-flag.ts'
import { setOrganizationFlag } from './set-organization-flag.ts'

export const flagRoutes = [
  auth.handle(flagEndpoints.listFlags, async (ctx, _input, { principal }) => listFlags(ctx, principal)),
  auth.handle(flagEndpoints.setOrganizationFlag, async (ctx, { params, body }) => setOrganizationFlag(ctx, params.flag, body.isOn)),
  auth.handle(flagEndpoints.listInstallationFlags, async (ctx, _input, { principal }) => {
    await requireOperator(ctx, principal)
    return { items: await listInstallationFlags(ctx.db) }
  }),
  auth.handle(flagEndpoints.setInstallationFlag, async (ctx, { params, body }, { principal, expectedVersion }) =>
    setInstallationFlag(ctx, await requireOperator(ctx, principal), params.flag, { input: body, expectedVersion }),
  ),
  auth.handle(flagEndpoints.listFlagExceptions, async (ctx, { params, query }, { principal }) => {
    await requireOperator(ctx, principal)
    return listFlagExceptions(ctx, params.flag, query)
  }),
  auth.handle(flagEndpoints.getFlagException, async (ctx, { params }, { principal }) => {
    await requireOperator(ctx, principal)
    return getFlagException(ctx, params)
  }),
  auth.handle(flagEndpoints.setFlagException, async (ctx, { params, body }, { principal, expectedVersion }) =>
    setFlagException(ctx, await requireOperator(ctx, principal), params, { input: body, expectedVersion }),
  ),
  auth.handle(flagEndpoints.listFlagChanges, async (ctx, { query }, { principal }) => {
    await requireOperator(ctx, principal)
    return listFlagChanges(ctx, query)
  }),
  auth.handle(flagEndpoints.getSignUpState, async (ctx) => ({ isOpen: await ctx.flags.isOn('sign-up') })),
  auth.handle(internalFlagEndpoints.getFlagSnapshot, async (ctx, { body }) => ({ snapshot: await getFlagSnapshot(ctx, body.after) })),
]
