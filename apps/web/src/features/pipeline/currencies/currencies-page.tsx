import { MAX_RATES, type CurrencyRates } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStatus } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { PageTitle } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { currencyRatesQuery } from './queries.ts'
import { RateRow } from './rate-row.tsx'
import { wrongIn } from './rates-draft.ts'
import { useRatesDraft } from './use-rates-draft.ts'

/** In which currency the organisation thinks, and what others are worth in it, from which day on. */
export function CurrenciesPage() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(currencyRatesQuery)
  return (
    <div className="flex flex-col gap-4">
      <PageTitle title={t('forecast.rates.title')} text={t('forecast.rates.text')} />
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={3} label={t('common.loading')} />}
      {data && <RatesEditor kept={data} />}
    </div>
  )
}

function RatesEditor({ kept }: { kept: CurrencyRates }) {
  const { t, i18n } = useTranslation()
  const mayManage = useCan('pipeline.pipeline.manage')
  const { draft, isChanged, save, ...rates } = useRatesDraft(kept, () => showToast({ kind: 'done', text: t('common.saved') }))
  const [isShown, setIsShown] = useState(false)
  const currencies = useMemo(() => {
    const names = new Intl.DisplayNames([i18n.language], { type: 'currency' })
    return Intl.supportedValuesOf('currency').map((code) => ({ value: code, label: `${code} · ${names.of(code) ?? code}` }))
  }, [i18n.language])
  const choices = useMemo(() => [{ value: '', label: t('forecast.rates.choose') }, ...currencies], [t, currencies])
  const submit = () => {
    setIsShown(true)
    if (draft.currency !== '' && draft.rates.every((rate) => wrongIn(rate, draft) === null)) save.mutate(draft)
  }
  return (
    <fieldset disabled={!mayManage} className="flex flex-col gap-5">
      {save.error && (isStatus(save.error, 412) ? <p role="alert">{t('records.newer')}</p> : <ProblemNote error={save.error} />)}
      <div className="max-w-sm">
        <Choice
          label={t('forecast.rates.own')}
          value={draft.currency}
          options={choices}
          error={isShown && draft.currency === '' ? t('forecast.rates.wrong.currency') : undefined}
          onChange={rates.setCurrency}
        />
      </div>
      <div className="flex flex-col gap-2">
        <h2 className="text-base font-semibold">{t('forecast.rates.rates')}</h2>
        {draft.rates.length === 0 && <p className="max-w-prose text-sm text-muted">{t('forecast.rates.none')}</p>}
        {draft.rates.length > 0 && (
          <ul aria-label={t('forecast.rates.rates')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {draft.rates.map((rate) => (
              <RateRow
                key={rate.key}
                {...{ rate, currencies: choices, own: draft.currency }}
                wrong={isShown ? wrongIn(rate, draft) : null}
                onChange={rates.change}
                onRemove={rates.remove}
              />
            ))}
          </ul>
        )}
      </div>
      {mayManage && (
        <div className="flex flex-wrap gap-2">
          <Button icon={<Plus />} disabled={draft.rates.length >= MAX_RATES} onClick={rates.add}>
            {t('forecast.rates.add')}
          </Button>
          <Button kind="primary" disabled={!isChanged || save.isPending} onClick={submit}>
            {t('common.save')}
          </Button>
          {isChanged && <Button onClick={rates.reset}>{t('pipelines.discard')}</Button>}
        </div>
      )}
    </fieldset>
  )
}
