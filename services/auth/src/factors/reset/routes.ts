import { factorResetEndpoints } from '@ai-crm/contracts'
import { auth } from '../../ctx.ts'
import { requireOperator } from '../../flags/operator.ts'
import { keepFactors } from './keep-factors.ts'
import { requestReset } from './request-reset.ts'
import { requestResetAsOperator } from './request-reset-as-operator.ts'
import { withdrawReset } from './withdraw-reset.ts'

export const factorResetRoutes = [
  auth.handle(factorResetEndpoints.requestFactorReset, async (ctx, { params }) => requestReset(ctx, params.userId)),
  auth.handle(factorResetEndpoints.withdrawFactorReset, async (ctx, { params }) => withdrawReset(ctx, params.userId)),
  auth.handle(factorResetEndpoints.keepFactors, async (ctx, { body }) => keepFactors(ctx, body.token)),
  auth.handle(factorResetEndpoints.requestFactorResetAsOperator, async (ctx, { body }, { principal }) =>
    requestResetAsOperator(ctx, await requireOperator(ctx, principal), body.email),
  ),
]
