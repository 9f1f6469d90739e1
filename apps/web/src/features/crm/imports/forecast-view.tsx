import type { Import, ImportAnalysis, ImportForecast, ImportSettings } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Complaints } from './complaints.tsx'
import { Counts } from './counts.tsx'
import type { ImportCommands } from './use-import-commands.ts'

interface ForecastViewProps {
  found: Import & { analysis: ImportAnalysis; settings: ImportSettings; forecast: ImportForecast }
  commands: ImportCommands
  onChange: () => void
}

/** What would happen, with the values that do not fit to be mended on the spot. */
export function ForecastView({ found: { analysis, settings, forecast }, commands, onChange }: ForecastViewProps) {
  const { t } = useTranslation()
  const [mended, setMended] = useState(settings.replacements)
  const { created, updated, skipped, refused } = forecast
  return (
    <>
      <Section title={t('imports.forecast')} text={t('imports.nothingYet')}>
        <Counts
          items={[
            { label: t('imports.counts.created'), count: created },
            { label: t('imports.counts.updated'), count: updated },
            { label: t('imports.counts.skipped'), count: skipped },
            { label: t('imports.counts.refused'), count: refused },
          ]}
        />
        {(commands.start.error ?? commands.check.error) && <ProblemNote error={commands.start.error ?? commands.check.error ?? new Error()} />}
        <div className="flex flex-wrap gap-2">
          <Button kind="primary" disabled={created + updated === 0} isBusy={commands.start.isPending} onClick={() => commands.start.mutate(undefined)}>
            {t(`imports.startOf.${settings.record}`, { count: created + updated })}
          </Button>
          <Button onClick={onChange}>{t('imports.again')}</Button>
        </div>
      </Section>
      {forecast.complaints.length > 0 && (
        <Section title={t('imports.complaints')} text={t('imports.mendHint')}>
          <Complaints columns={analysis.columns} complaints={forecast.complaints} mended={mended} onMend={setMended} />
          {mended !== settings.replacements && (
            <Button
              kind="primary"
              className="self-start"
              isBusy={commands.check.isPending}
              onClick={() => commands.check.mutate({ ...settings, replacements: mended })}
            >
              {t('imports.checkAgain')}
            </Button>
          )}
        </Section>
      )}
    </>
  )
}
