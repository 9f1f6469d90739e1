import { sql, type RawBuilder } from 'kysely'

/**
 * Of what was found: whoever may not see a field must not find out by searching what is in it. `shown`: the folded words that the asker may see
 * of a record; null where that is all of them.
 */
export const isFoundByShown = (shown: RawBuilder<string> | null, search: string): RawBuilder<boolean> =>
  shown === null ? sql<boolean>`true` : sql<boolean>`crm.has_words(${shown}, ${search})`
