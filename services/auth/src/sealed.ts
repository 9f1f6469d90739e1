import type { SealedColumn } from '@ai-crm/platform'
import { secretBinding as bindingOfApp } from './factors/totp/seal-secret.ts'
import { TOTP_KEY } from './factors/totp/spend-totp-code.ts'
import { SIGNING_KEY_KEY } from './signing-keys/create-signing-key.ts'
import { secretBinding, secretKey } from './sso/connections/connection.ts'

/** What is sealed anew when the master secret is exchanged. */
export const sealed: readonly SealedColumn[] = [
  {
    table: 'signing_key',
    column: 'encrypted_private_jwk',
    key: 'kid',
    isOfInstallation: true,
    purpose: () => SIGNING_KEY_KEY,
    binding: (_, kid) => kid,
  },
  {
    table: 'totp_credential',
    column: 'encrypted_secret',
    key: 'id',
    isOfInstallation: true,
    boundTo: ['user_id'],
    purpose: () => TOTP_KEY,
    binding: (_, credentialId, userId = '') => bindingOfApp({ userId, credentialId }),
  },
  { table: 'sso_connection', column: 'sealed_secret', key: 'id', purpose: secretKey, binding: secretBinding },
]
