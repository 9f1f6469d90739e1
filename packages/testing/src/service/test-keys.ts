import type { Role } from '@ai-crm/contracts'
import { createTokenSigner, type AccessTokenSigner, type Jwks } from '@ai-crm/platform'
import { exportJWK, generateKeyPair } from 'jose'

export interface TestKeys {
  readonly jwks: Jwks['keys']
  readonly sign: AccessTokenSigner
}

/** A key pair of this run, trusted beside the auth service's: tests sign in without it. */
export async function createTestKeys(): Promise<TestKeys> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  const kid = 'test'
  return {
    jwks: [{ ...(await exportJWK(publicKey)), kid, use: 'sig' }],
    sign: await createTokenSigner({ ...(await exportJWK(privateKey)), kid }),
  }
}

export type { Role }
