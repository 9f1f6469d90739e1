import type { SecondFactor } from '@ai-crm/contracts'
import { sql } from 'kysely'
import type { Db } from '../ctx.ts'

export interface SecondFactors {
  readonly totp: boolean
  readonly passkey: boolean
  readonly recoveryCode: boolean
}

/** What the person can be asked for beside the password. Codes alone are no factor: they stand in for one. */
export async function findSecondFactors(db: Db, userId: string): Promise<SecondFactors> {
  const { rows } = await sql<SecondFactors>`select
    exists (select from auth.totp_credential where user_id = ${userId} and confirmed_at is not null) as totp,
    exists (select from auth.passkey where user_id = ${userId}) as passkey,
    exists (select from auth.recovery_code where user_id = ${userId} and used_at is null) as "recoveryCode"`.execute(db)
  return rows[0] ?? { totp: false, passkey: false, recoveryCode: false }
}

export const hasSecondFactor = ({ totp, passkey }: SecondFactors): boolean => totp || passkey

export function methodsOf({ totp, passkey, recoveryCode }: SecondFactors): SecondFactor[] {
  const methods: SecondFactor[] = []
  if (passkey) methods.push('passkey')
  if (totp) methods.push('totp')
  if (recoveryCode) methods.push('recovery-code')
  return methods
}
