/**
 * What marks an organisation's texts. `canary` must never be seen outside; a `secret` is a word that only this
 * organisation uses and that does not look like a canary: what somebody else may search for.
 */
export interface CanaryMark {
  readonly letter: string
  /** The next text of the organisation: `cnry_A_17 quokkaA`. */
  text(): string
  readonly secret: string
  readonly texts: number
}

export function canaryMark(letter: string): CanaryMark {
  const mark = { letter, secret: `quokka${letter.toLowerCase()}`, texts: 0, text: () => `cnry_${letter}_${(mark.texts += 1)} ${mark.secret}` }
  return mark
}

export const canaryOf = (letter: string): RegExp => new RegExp(`cnry_${letter}_`, 'i')
