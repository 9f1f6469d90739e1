import type { DraftLanguage } from './drafter.ts'

/** What the drafter does not know and a colleague must: marked so that nobody sends it by accident. */
const LABEL: Readonly<Record<DraftLanguage, string>> = { ru: 'ЗАПОЛНИТЬ', en: 'FILL IN' }

export const gap = (language: DraftLanguage, what: string): string => `[${LABEL[language]}: ${what.replaceAll(/[[\]]/g, '')}]`

const GAP = /\[(?:ЗАПОЛНИТЬ|FILL IN): [^\]]{0,1000}\]/u

/** The first gap that a text still has, or null. */
export const findGap = (text: string): string | null => GAP.exec(text)?.[0] ?? null
