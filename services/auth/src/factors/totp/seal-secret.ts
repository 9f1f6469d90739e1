import { seal, unseal } from '@ai-crm/platform'

/** The row that a secret stands in; authenticated with it, so that bytes copied to another row do not open. */
export interface SecretPlace {
  readonly userId: string
  readonly credentialId: string
}

export const secretBinding = ({ userId, credentialId }: SecretPlace): string => `${userId}/${credentialId}`

export const sealSecret = (key: Buffer, place: SecretPlace, secret: Uint8Array): Buffer =>
  seal(key, secretBinding(place), Buffer.from(secret).toString('base64'))

/** Throws when the keys or the row are others, or the bytes were changed. */
export const openSecret = (keys: readonly Buffer[], place: SecretPlace, sealed: Buffer): Buffer =>
  Buffer.from(unseal(keys, secretBinding(place), sealed), 'base64')
