import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import type { Ctx } from '../context.ts'
import { parseStrictJson } from './json-body.ts'
import { invalidRequest } from './request-errors.ts'

/** Sort values of the last row of a page, in the order of the list's sort keys. */
export type CursorValues = readonly (string | number | boolean | null)[]

const CursorValue = z.union([z.string(), z.number(), z.boolean(), z.null()])
const SIGNATURE_BYTES = 16
const PURPOSE = 'cursor'

type Signer = Pick<Ctx, 'organizationId' | 'deriveKey'>
type Verifier = Pick<Ctx, 'organizationId' | 'deriveKeys'>

/**
 * An opaque cursor: the values, signed for this organisation and this kind of list. Put into `kind` whatever the
 * values depend on (`contacts/name/asc`), so that a cursor cannot continue a list sorted in another way.
 */
export function encodeCursor(ctx: Signer, kind: string, values: CursorValues): string {
  const payload = Buffer.from(JSON.stringify(values))
  return Buffer.concat([sign(ctx.deriveKey(PURPOSE), ctx, kind, payload), payload]).toString('base64url')
}

/** The values of a cursor that `encodeCursor` made for the same organisation and kind; else 400 naming `query/cursor`. */
export function decodeCursor(ctx: Verifier, kind: string, cursor: string): CursorValues {
  const bytes = Buffer.from(cursor, 'base64url')
  const signature = bytes.subarray(0, SIGNATURE_BYTES)
  const payload = bytes.subarray(SIGNATURE_BYTES)
  const isSignedBy = (key: Buffer): boolean => timingSafeEqual(signature, sign(key, ctx, kind, payload))
  const isGenuine = signature.length === SIGNATURE_BYTES && ctx.deriveKeys(PURPOSE).some(isSignedBy)
  if (!isGenuine) throw invalidRequest([{ field: 'query/cursor', message: 'Not a cursor of this list' }])
  return z.array(CursorValue).parse(parseStrictJson(payload))
}

/** By the derived key, which is the same buffer each time: making the key's object costs five times what signing with it does. */
const keyObjects = new WeakMap<Buffer, KeyObject>()

function signingKey(key: Buffer): KeyObject {
  const object = keyObjects.get(key) ?? createSecretKey(key)
  keyObjects.set(key, object)
  return object
}

function sign(key: Buffer, { organizationId }: Pick<Ctx, 'organizationId'>, kind: string, payload: Buffer): Buffer {
  return createHmac('sha256', signingKey(key)).update(`${organizationId}\n${kind}\n`).update(payload).digest().subarray(0, SIGNATURE_BYTES)
}
