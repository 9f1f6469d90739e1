import { type Belongings, MAX_COUNTED_BELONGINGS } from '@ai-crm/contracts'
import type { TFunction } from 'i18next'

const PARTS = ['conversations', 'deals', 'tasks', 'notes', 'files', 'contacts', 'companies'] as const

/** What belongs to a record, counted as far as it is; empty where nothing does. */
export function belongingsText(t: TFunction, belongings: Belongings): string {
  const parts = PARTS.flatMap((part) => {
    const count = belongings[part]
    const counted = count >= MAX_COUNTED_BELONGINGS ? t('inbox.moreThan', { count: MAX_COUNTED_BELONGINGS - 1 }) : count
    return count > 0 ? [t(`duplicates.parts.${part}`, { count, counted })] : []
  })
  return parts.join(', ')
}
