import { ImportSettings, type Import, type ImportAnalysis, type ImportForecast } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Complaints } from './complaints.tsx'
import { Counts } from './counts.tsx'
import type { ImportCommands } from './use-import-commands.ts'
import { mendsName, useKeptChoice } from './use-kept-choice.ts'

interface ForecastViewProps {
  found: Import & { analysis: ImportAnalysis; settings: ImportSettings; forecast: ImportForecast }
  commands: ImportCommands
  /** Back to the columns, with what has been mended. */
  onChange: (settings: ImportSettings) => void
}

/** What would happen, with the values that do not fit to be mended on the spot. */
export function ForecastView({ found: { id, analysis, settings, forecast }, commands, onChange }: ForecastViewProps) {
  const { t } = useTranslation()
  const [mended, setMended] = useKeptChoice(mendsName(id), ImportSettings.shape.replacements, settings.replacements)
  const isMended = JSON.stringify(mended) !== JSON.stringify(settings.replacements)
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
          <Button
            kind="primary"
            disabled={created + updated === 0 || isMended}
            isBusy={commands.start.isPending}
            onClick={() => commands.start.mutate(undefined)}
          >
            {t(`imports.startOf.${settings.record}`, { count: created + updated })}
          </Button>
          <Button onClick={() => onChange({ ...settings, replacements: mended })}>{t('imports.again')}</Button>
        </div>
        {isMended && (
          <p role="status" className="text-sm text-muted">
            {t('imports.checkFirst')}
          </p>
        )}
      </Section>
      {forecast.complaints.length > 0 && (
        <Section title={t('imports.complaints')} text={t('imports.mendHint')}>
          <form
            className="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault()
              if (isMended) commands.check.mutate({ ...settings, replacements: mended })
            }}
          >
            <Complaints columns={analysis.columns} settings={settings} complaints={forecast.complaints} mended={mended} onMend={setMended} />
            {isMended && (
              <Button type="submit" kind="primary" className="sticky bottom-2 self-start shadow-float" isBusy={commands.check.isPending}>
                {t('imports.checkAgain')}
              </Button>
            )}
          </form>
        </Section>
      )}
    </>
  )
}
