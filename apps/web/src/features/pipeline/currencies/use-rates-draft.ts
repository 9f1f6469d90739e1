import type { CurrencyRates } from '@ai-crm/contracts'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../../lib/api/api.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { currencyRatesQuery } from './queries.ts'
import { draftOf, updateOf, withRate, type RateDraft, type RatesDraft } from './rates-draft.ts'

/** Rates while they are edited, saved as of the version that the changes began with. Without changes they follow what colleagues do. */
export function useRatesDraft(kept: CurrencyRates, onSaved: () => void) {
  const cache = useQueryClient()
  const [base, setBase] = useState(kept)
  const [draft, setDraft] = useState(() => draftOf(kept))
  const isChanged = JSON.stringify(updateOf(draft)) !== JSON.stringify(updateOf(draftOf(base)))
  const begin = (from: CurrencyRates) => {
    setBase(from)
    setDraft(draftOf(from))
  }
  useEffect(() => {
    if (kept.version > base.version && !isChanged) begin(kept)
  }, [kept, base, isChanged])
  const anew = () => void cache.invalidateQueries({ queryKey: ['pipeline'] })
  const save = useCommand({
    run: (given: RatesDraft) => api.pipeline.setCurrencyRates({ body: updateOf(given), ifMatch: base.version }),
    onSuccess: (saved, given) => {
      setBase(saved)
      // What was typed on meanwhile stays.
      setDraft((now) => (now === given ? draftOf(saved) : now))
      cache.setQueryData(currencyRatesQuery.queryKey, saved)
      anew()
      onSaved()
    },
    onError: anew,
  })
  // The same functions for every draft: of many rows only the one that changes is drawn anew.
  const setRates = useCallback((next: (rates: readonly RateDraft[]) => readonly RateDraft[]) => setDraft((now) => ({ ...now, rates: next(now.rates) })), [])
  return {
    draft,
    isChanged,
    save,
    setCurrency: (currency: string) => setDraft({ ...draft, currency }),
    add: () => setRates((rates) => [{ key: crypto.randomUUID(), isNew: true, currency: '', on: new Date().toISOString().slice(0, 10), rate: '' }, ...rates]),
    change: useCallback((key: string, part: Partial<RateDraft>) => setRates((rates) => withRate(rates, key, part)), [setRates]),
    remove: useCallback((key: string) => setRates((rates) => rates.filter((rate) => rate.key !== key)), [setRates]),
    reset: () => {
      begin(kept)
      save.reset()
    },
  }
}
