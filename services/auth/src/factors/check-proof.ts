import type { SecondFactorProof } from '@ai-crm/contracts'
import type { FactorStore } from './factor-store.ts'
import { spendAssertion, type Ceremony } from './passkeys/spend-assertion.ts'
import { spendRecoveryCode } from './recovery-codes/spend-recovery-code.ts'
import { spendTotpCode } from './totp/spend-totp-code.ts'

export interface Proven {
  readonly factor: 'totp' | 'passkey' | 'recovery-code'
  /** Recovery codes that are left; 0 for other factors. */
  readonly codesLeft: number
}

/** Whether the answer proves that it comes from this person; right ones are spent by it. Null when it does not. */
export async function checkProof(store: FactorStore, ceremony: Ceremony & { userId: string }, proof: SecondFactorProof): Promise<Proven | null> {
  switch (proof.method) {
    case 'totp':
      return (await spendTotpCode(store, ceremony.userId, proof.code)) ? { factor: 'totp', codesLeft: 0 } : null
    case 'recovery-code': {
      const codesLeft = await spendRecoveryCode(store, ceremony.userId, proof.code)
      return codesLeft === null ? null : { factor: 'recovery-code', codesLeft }
    }
    case 'passkey':
      return (await spendAssertion(store, ceremony, proof.credential)) ? { factor: 'passkey', codesLeft: 0 } : null
  }
}
