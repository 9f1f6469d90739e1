import type { CurrencyRates } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { useVersionedDraft } from '../../../lib/use-versioned-draft.ts'
import { currencyRatesQuery } from './queries.ts'
import { draftOf, updateOf, withRate, type RateDraft, type RatesDraft } from './rates-draft.ts'

/** Rates while they are edited. */
export function useRatesDraft(kept: CurrencyRates, onSaved: () => void) {
  const cache = useQueryClient()
  const { base, draft, isChanged, setDraft, keepTyped, reset } = useVersionedDraft(kept, draftOf, updateOf)
  const anew = () => void cache.invalidateQueries({ queryKey: ['pipeline'] })
  const save = useCommand({
    run: (given: RatesDraft) => api.pipeline.setCurrencyRates({ body: updateOf(given), ifMatch: base.version }),
    onSuccess: (saved, given) => {
      keepTyped(saved, given)
      cache.setQueryData(currencyRatesQuery.queryKey, saved)
      anew()
      onSaved()
    },
    onError: anew,
  })
  // The same functions for every draft: of many rows only the one that changes is drawn anew.
  const setRates = useCallback(
    (next: (rates: readonly RateDraft[]) => readonly RateDraft[]) => setDraft((now) => ({ ...now, rates: next(now.rates) })),
    [setDraft],
  )
  return {
    draft,
    isChanged,
    save,
    setCurrency: (currency: string) => setDraft((now) => ({ ...now, currency })),
    add: () => setRates((rates) => [{ key: crypto.randomUUID(), isNew: true, currency: '', on: new Date().toISOString().slice(0, 10), rate: '' }, ...rates]),
    change: useCallback((key: string, part: Partial<RateDraft>) => setRates((rates) => withRate(rates, key, part)), [setRates]),
    remove: useCallback((key: string) => setRates((rates) => rates.filter((rate) => rate.key !== key)), [setRates]),
    reset: () => {
      reset()
      save.reset()
    },
  }
}
