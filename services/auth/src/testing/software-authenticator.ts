import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { NewPasskeyCredential, PasskeyAssertion } from '@ai-crm/contracts'

/** What an attacker may get wrong on purpose. */
export interface AssertionLies {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly count?: number
  /** Whether the authenticator says that it has verified its person; true unless told. */
  readonly isVerified?: boolean
  /** The id under which the answer is sent, when it is not the credential's. */
  readonly id?: string
}

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const HAS_CREDENTIAL = 0x40

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()

/** For tests: a WebAuthn authenticator in software with one ES256 passkey (attestation "none") for one address of ours. */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url')
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  readonly #origin: string
  count = 0

  constructor(origin: string) {
    this.#origin = origin
  }

  create(challenge: string, lies: AssertionLies = {}): NewPasskeyCredential {
    const clientDataJSON = this.#clientData('webauthn.create', challenge, lies)
    const credentialId = Buffer.from(this.id, 'base64url')
    const length = Buffer.from([0, credentialId.length])
    const attested = Buffer.concat([Buffer.alloc(16), length, credentialId, this.#coseKey()])
    const authData = Buffer.concat([this.#authenticatorData(HAS_CREDENTIAL, lies), attested])
    // CBOR: {"fmt": "none", "attStmt": {}, "authData": bytes}
    const head = Buffer.from(`a363666d74646e6f6e656761747453746d74a068617574684461746159${authData.length.toString(16).padStart(4, '0')}`, 'hex')
    const attestationObject = Buffer.concat([head, authData]).toString('base64url')
    return { ...this.#credential(lies), response: { clientDataJSON, attestationObject, transports: ['internal'] } }
  }

  /** Counts one up, as authenticators do, unless told. */
  assert(challenge: string, lies: AssertionLies = {}): PasskeyAssertion {
    this.count = lies.count ?? this.count + 1
    const clientDataJSON = this.#clientData('webauthn.get', challenge, lies)
    const authenticatorData = this.#authenticatorData(0, lies)
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, 'base64url'))])
    const signature = sign('sha256', signed, this.#keys.privateKey).toString('base64url')
    return { ...this.#credential(lies), response: { clientDataJSON, authenticatorData: authenticatorData.toString('base64url'), signature } }
  }

  #credential({ id = this.id }: AssertionLies) {
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  #clientData(usual: string, challenge: string, { type = usual, origin = this.#origin }: AssertionLies): string {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url')
  }

  #authenticatorData(extraFlags: number, { rpId = new URL(this.#origin).hostname, isVerified = true }: AssertionLies): Buffer {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(this.count)
    return Buffer.concat([sha256(rpId), Buffer.from([USER_PRESENT | (isVerified ? USER_VERIFIED : 0) | extraFlags]), count])
  }

  /** CBOR: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y} */
  #coseKey(): Buffer {
    const { x = '', y = '' } = this.#keys.publicKey.export({ format: 'jwk' })
    const hex = (coordinate: string) => Buffer.from(coordinate, 'base64url').toString('hex')
    return Buffer.from(`a5010203262001215820${hex(x)}225820${hex(y)}`, 'hex')
  }
}
