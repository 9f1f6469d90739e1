import type { NewPasskeyCredential, PasskeyAssertion, PasskeyCreation, PasskeyRequest } from '@ai-crm/contracts'
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'

/** Browsers offer passkeys on https and localhost only, and never for a bare address such as 192.0.2.1. */
export const arePasskeysPossible = (): boolean => browserSupportsWebAuthn() && !/^[\d.]+$|:/.test(location.hostname)

/** The browser asks the person; throws when they turn away. */
export async function makePasskey(options: PasskeyCreation): Promise<NewPasskeyCredential> {
  const { id, rawId, type, response } = await startRegistration({ optionsJSON: options })
  const { clientDataJSON, attestationObject, transports } = response
  return { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) } }
}

export async function signWithPasskey(options: PasskeyRequest): Promise<PasskeyAssertion> {
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON: options })
  const { clientDataJSON, authenticatorData, signature, userHandle } = response
  return { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) } }
}
