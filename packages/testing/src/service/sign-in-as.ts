import type { FieldRules, Permission, RecordScopes, Role } from '@ai-crm/contracts'
import type { TokenSubject } from '@ai-crm/platform'
import { v7 as uuidV7 } from 'uuid'

/** Who signs in: an owner of an organisation of their own unless told. */
export interface SignInAs extends Partial<TokenSubject> {
  readonly role?: Role
  /** Exactly these, as a custom role gives them. */
  readonly permissions?: readonly Permission[]
  /** How far the permissions reach; needs `permissions`. */
  readonly scopes?: RecordScopes
  /** Fields that are hidden or read-only; needs `permissions`. */
  readonly fields?: FieldRules
}

export function subjectOf({ permissions, scopes = {}, fields = {}, ...who }: SignInAs): TokenSubject {
  return {
    role: permissions ? 'member' : 'owner',
    organizationId: uuidV7(),
    userId: uuidV7(),
    sessionId: uuidV7(),
    grant: permissions ? { roleId: uuidV7(), permissions: [...permissions], scopes, fields } : null,
    ...who,
  }
}
