const ENGLISH = new Set(
  'the and you your is are to of for in it we i a an my have has please hello hi dear thanks thank with on that this can could would how what when do does not be will'.split(
    ' ',
  ),
)

/** BCP 47 guess: `ru`, `en`, or null when neither is likely. Looks at the first 5,000 characters. */
export function guessLanguage(text: string): 'ru' | 'en' | null {
  const sample = text.slice(0, 5_000).toLowerCase()
  const cyrillic = sample.match(/[а-яё]/g)?.length ?? 0
  const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (cyrillic + latin < 2) return null
  // A Russian mail may quote many Latin names and addresses; the reverse is rare.
  if (cyrillic >= 0.3 * (cyrillic + latin)) return /[іїєґў]/.test(sample) ? null : 'ru'
  const words = sample.match(/[a-z']+/g) ?? []
  const known = words.filter((word) => ENGLISH.has(word)).length
  return known > 0 && known >= 0.1 * words.length ? 'en' : null
}
