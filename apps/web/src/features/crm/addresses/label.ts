import { ADDRESS_LABELS } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

const known = (label: string) => ADDRESS_LABELS.find((candidate) => candidate === label)

/** What a label is called in the reader's language; what somebody wrote stays as it is. */
export function labelName(label: string, t: TFunction): string {
  const name = known(label)
  return name ? t(`addresses.labels.${name}`) : label
}

export const labelNames = (t: TFunction): string[] => ADDRESS_LABELS.map((label) => t(`addresses.labels.${label}`))

/** The label that was typed: one that every language has a word for, where this is the word. */
export function labelOf(typed: string, t: TFunction): string | null {
  const text = typed.trim()
  return ADDRESS_LABELS.find((label) => t(`addresses.labels.${label}`).toLowerCase() === text.toLowerCase()) ?? (text || null)
}
