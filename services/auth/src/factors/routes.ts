import { factorEndpoints } from '@ai-crm/contracts'
import { notFound } from '@ai-crm/platform'
import { auth } from '../ctx.ts'
import { stepUp } from '../step-up/step-up.ts'
import { actingPerson, findPerson } from './acting-person.ts'
import { getFactors } from './get-factors.ts'
import { addPasskey, startPasskey } from './passkeys/add-passkey.ts'
import { requestPasskey } from './passkeys/ceremony.ts'
import { removePasskey, renamePasskey } from './passkeys/keep-passkeys.ts'
import { renewRecoveryCodes } from './recovery-codes/make-recovery-codes.ts'
import { forgetDevices } from './remembered-devices/remembered-device.ts'
import { confirmTotp } from './totp/confirm-totp.ts'
import { removeTotp } from './totp/remove-totp.ts'
import { startTotp } from './totp/start-totp.ts'

export const factorRoutes = [
  auth.handle(factorEndpoints.getFactors, async (ctx, _input, http) => getFactors(ctx, actingPerson(http), http)),
  auth.handle(factorEndpoints.startTotp, async (ctx, _input, http) => startTotp(ctx, actingPerson(http))),
  auth.handle(factorEndpoints.confirmTotp, async (ctx, { body }, http) => confirmTotp(ctx, actingPerson(http), body.code)),
  auth.handle(factorEndpoints.removeTotp, async (ctx, _input, http) => removeTotp(ctx, actingPerson(http))),
  auth.handle(factorEndpoints.renewRecoveryCodes, async (ctx, _input, http) => renewRecoveryCodes(ctx, actingPerson(http).userId)),
  auth.handle(factorEndpoints.startPasskey, async (ctx, _input, http) => startPasskey(ctx, actingPerson(http), http.publicOrigin)),
  auth.handle(factorEndpoints.addPasskey, async (ctx, { body }, http) => addPasskey(ctx, actingPerson(http), { ...body, origin: http.publicOrigin })),
  auth.handle(factorEndpoints.renamePasskey, async (ctx, { params, body }, http) => renamePasskey(ctx, actingPerson(http).userId, params.passkeyId, body.name)),
  auth.handle(factorEndpoints.removePasskey, async (ctx, { params }, http) => removePasskey(ctx, actingPerson(http), params.passkeyId)),
  auth.handle(factorEndpoints.forgetRememberedDevice, async (ctx, { params }, http) => {
    if (!(await forgetDevices(ctx, actingPerson(http).userId, params.deviceId))) throw notFound('remembered device')
  }),
  auth.handle(factorEndpoints.forgetRememberedDevices, async (ctx, _input, http) => void (await forgetDevices(ctx, actingPerson(http).userId, null))),
  auth.handle(factorEndpoints.startStepUpPasskey, async (ctx, _input, http) => {
    const { userId } = actingPerson(http)
    await findPerson(ctx.db, userId)
    return requestPasskey(ctx, 'step-up', userId, http.publicOrigin)
  }),
  auth.handle(factorEndpoints.stepUp, async (ctx, { body }, http) => stepUp(ctx, actingPerson(http), body.proof, http)),
]
