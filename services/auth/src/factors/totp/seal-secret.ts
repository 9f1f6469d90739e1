import { seal, unseal } from '@ai-crm/platform'

/** The row that a secret stands in; authenticated with it, so that bytes copied to another row do not open. */
export interface SecretPlace {
  readonly userId: string
  readonly credentialId: string
}

const bindingOf = ({ userId, credentialId }: SecretPlace): string => `${userId}/${credentialId}`

export const sealSecret = (key: Buffer, place: SecretPlace, secret: Uint8Array): Buffer => seal(key, bindingOf(place), Buffer.from(secret).toString('base64'))

/** Throws when the key or the row is another one, or the bytes were changed. */
export const openSecret = (key: Buffer, place: SecretPlace, sealed: Buffer): Buffer => Buffer.from(unseal(key, bindingOf(place), sealed), 'base64')
