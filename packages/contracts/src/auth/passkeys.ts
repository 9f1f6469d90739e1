import { z } from 'zod'

/** WebAuthn level 3 in its JSON form: bytes are base64url without padding. What browsers send beyond it is ignored. */
const Bytes = (maxCharacters: number) =>
  z
    .string()
    .max(maxCharacters)
    .regex(/^[A-Za-z0-9_-]*$/)
const CredentialId = Bytes(1_364).min(1)
const Transports = z.array(z.string().max(20)).max(10)
const PublicKeyType = z.literal('public-key')
const UserVerification = z.enum(['required', 'preferred', 'discouraged'])
const Descriptor = z.object({ id: CredentialId, type: PublicKeyType, transports: Transports })

const credential = { id: CredentialId, rawId: CredentialId, type: PublicKeyType, clientExtensionResults: z.record(z.string().max(100), z.unknown()) }

/** What an authenticator answers when it has made a passkey (RegistrationResponseJSON). */
export const NewPasskeyCredential = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Bytes(8_000), attestationObject: Bytes(64_000), transports: Transports.optional() }),
})
export type NewPasskeyCredential = z.infer<typeof NewPasskeyCredential>

/** What an authenticator answers when it has signed with a passkey (AuthenticationResponseJSON). */
export const PasskeyAssertion = z.object({
  ...credential,
  response: z.object({ clientDataJSON: Bytes(8_000), authenticatorData: Bytes(8_000), signature: Bytes(2_000), userHandle: Bytes(200).optional() }),
})
export type PasskeyAssertion = z.infer<typeof PasskeyAssertion>

/** What to give to `navigator.credentials.create` (PublicKeyCredentialCreationOptionsJSON). */
export const PasskeyCreation = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(),
  pubKeyCredParams: z.array(z.object({ type: PublicKeyType, alg: z.number().int() })).max(10),
  timeout: z.number().int(),
  excludeCredentials: z.array(Descriptor).max(20),
  authenticatorSelection: z.object({ residentKey: z.literal('required'), requireResidentKey: z.literal(true), userVerification: UserVerification }),
  attestation: z.literal('none'),
})
export type PasskeyCreation = z.infer<typeof PasskeyCreation>

/** What to give to `navigator.credentials.get` (PublicKeyCredentialRequestOptionsJSON). */
export const PasskeyRequest = z.object({
  challenge: z.string(),
  timeout: z.number().int(),
  rpId: z.string(),
  allowCredentials: z.array(Descriptor).max(20),
  userVerification: UserVerification,
})
export type PasskeyRequest = z.infer<typeof PasskeyRequest>
