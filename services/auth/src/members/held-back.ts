import type { Membership } from './get-me.ts'

/**
 * The member without any right: what is left is what everybody who is signed in may do with their own account, such as
 * setting up a second factor. The next token after that has the rights again.
 */
export function heldBack({ me, grant, readAtMs }: Membership): Membership {
  const nothing = { roleId: grant?.roleId ?? me.organization.id, permissions: [], scopes: {}, fields: {} }
  return { me: { ...me, permissions: [], mustAddFactor: true }, grant: nothing, readAtMs }
}
