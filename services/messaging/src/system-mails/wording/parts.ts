import type { Wording } from './wording.ts'

/** Whoever has the link proves something with it. */
export const secret = (label: string, link: string): Wording['action'] => ({ label, link, isSecret: true })
export const open = (label: string, link: string): Wording['action'] => ({ label, link, isSecret: false })
