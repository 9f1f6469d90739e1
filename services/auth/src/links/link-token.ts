import { createHash, randomBytes } from 'node:crypto'
import type { Ctx } from '../ctx.ts'

/** 256 random bits, in hex: nothing in it that a mail program or a log could take for something else. */
export const newLinkToken = (): string => randomBytes(32).toString('hex')

/** What is stored of it. Plain SHA-256 is enough for 256 random bits. */
export const linkDigest = (token: string): Buffer => createHash('sha256').update(token).digest()

/** A page of the web app: `pageLink(config, '/sign-in')`. Never built from a request's Host. */
export const pageLink = ({ PUBLIC_URL }: Pick<Ctx['config'], 'PUBLIC_URL'>, path: string): string => new URL(path, PUBLIC_URL).href

/** The same with a secret behind the `#`: browsers send it to nobody, so that it stands in no log and no Referer. */
export const secretLink = (config: Pick<Ctx['config'], 'PUBLIC_URL'>, path: string, token: string): string => `${pageLink(config, path)}#${token}`
