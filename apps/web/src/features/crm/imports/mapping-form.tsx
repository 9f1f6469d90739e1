import { IMPORT_POLICIES, IMPORT_RECORDS, ImportSettings, type Import, type ImportAnalysis, type ImportRecord } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session/session-store.ts'
import { membersOffered } from './members-offered.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { Card, Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { CURRENCIES } from '../deals/currencies.ts'
import { ColumnTable } from './column-table.tsx'
import { countryOptions, likelyCountry } from './countries.ts'
import { ReadingChoice } from './reading-choice.tsx'
import type { ImportCommands } from './use-import-commands.ts'
import { columnsName, useKeptChoice } from './use-kept-choice.ts'

interface MappingFormProps {
  found: Import & { analysis: ImportAnalysis; settings: ImportSettings }
  commands: ImportCommands
}

const NOBODY = 'nobody'

/** What the columns are, and how the file is imported. */
export function MappingForm({ found: { id, analysis, settings: given }, commands }: MappingFormProps) {
  const { t, i18n } = useTranslation()
  const { user } = useMe()
  const members = useQuery(membersOffered).data ?? []
  const [chosen, setSettings] = useKeptChoice(columnsName(id), ImportSettings, {
    ...given,
    ownerId: given.ownerId === undefined ? user.id : given.ownerId,
    country: analysis.isRemembered ? given.country : (given.country ?? likelyCountry(i18n.language)),
    language: i18n.language === 'ru' ? 'ru' : 'en',
  })
  // What was mended in the forecast since is newer than what waits here.
  const settings = { ...chosen, replacements: given.replacements }
  const change = (part: Partial<ImportSettings>) => setSettings({ ...settings, ...part })
  const owners = [{ value: NOBODY, label: t('imports.nobody') }, ...members.map(({ id, name }) => ({ value: id, label: name }))]
  return (
    <form
      className="flex flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        commands.check.mutate(settings)
      }}
    >
      <Section title={t('imports.columns')}>
        <Found analysis={analysis} />
        <Choice
          className="max-w-64"
          label={t('imports.holds')}
          value={settings.record}
          options={IMPORT_RECORDS.map((value) => ({ value, label: t(`imports.records.${value}`) }))}
          onChange={(record) => change(heldAs(record, settings, analysis))}
        />
        <ColumnTable record={settings.record} columns={analysis.columns} fields={settings.fields} onChange={(fields) => change({ fields })} />
        {analysis.format === 'csv' && <ReadingChoice isBusy={commands.analyse.isPending} onChange={(reading) => commands.analyse.mutate(reading)} />}
      </Section>
      <Section title={t('imports.settings')}>
        <Card>
          <div className="grid gap-4 sm:grid-cols-2">
            <Policy settings={settings} onChange={change} />
            <Choice
              label={t('imports.owner')}
              value={settings.ownerId ?? NOBODY}
              options={owners}
              onChange={(owner) => change({ ownerId: owner === NOBODY ? null : owner })}
            />
            {settings.record === 'contact' && (
              <Choice
                label={t('imports.country')}
                value={settings.country ?? ''}
                options={[{ value: '', label: t('imports.noCountry') }, ...countryOptions(i18n.language)]}
                onChange={(country) => change({ country: country || null })}
              />
            )}
            {settings.record === 'deal' && (
              <Choice
                label={t('imports.currency')}
                value={settings.currency ?? ''}
                options={[{ value: '', label: t('imports.noCurrency') }, ...CURRENCIES.map((value) => ({ value, label: value }))]}
                onChange={(currency) => change({ currency: currency || null })}
              />
            )}
            <Choice
              label={t('imports.dates')}
              value={settings.dates}
              options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`imports.datesOf.${value}`) }))}
              onChange={(dates) => change({ dates })}
            />
          </div>
          {settings.record !== 'company' && <MakesCompanies settings={settings} onChange={change} />}
        </Card>
        {commands.check.error && <ProblemNote error={commands.check.error} />}
        <Button type="submit" kind="primary" className="self-start" isBusy={commands.check.isPending}>
          {t('imports.check')}
        </Button>
      </Section>
    </form>
  )
}

/** As the other kind of record: its columns guessed anew, its own ways only. */
const heldAs = (record: ImportRecord, { fields, policy }: ImportSettings, { guesses }: ImportAnalysis): Partial<ImportSettings> => ({
  record,
  fields: guesses?.[record] ?? fields.map(() => null),
  policy: record === 'deal' && policy !== 'create' ? 'skip' : policy,
})

interface PartProps {
  settings: ImportSettings
  onChange: (part: Partial<ImportSettings>) => void
}

function Policy({ settings: { record, policy }, onChange }: PartProps) {
  const { t } = useTranslation()
  const offered = IMPORT_POLICIES.filter((value) => record !== 'deal' || value === 'skip' || value === 'create')
  return (
    <Choice
      label={t('imports.policy')}
      hint={t(`imports.policyHints.${record}`)}
      value={policy}
      options={offered.map((value) => ({ value, label: value === 'create' ? t(`imports.createOf.${record}`) : t(`imports.policies.${value}`) }))}
      onChange={(chosen) => onChange({ policy: chosen })}
    />
  )
}

function MakesCompanies({ settings: { makesCompanies }, onChange }: PartProps) {
  const { t } = useTranslation()
  return (
    <label className="flex items-center gap-2 text-sm">
      <input
        type="checkbox"
        checked={makesCompanies}
        onChange={({ target }) => onChange({ makesCompanies: target.checked })}
        className="size-4 accent-(--color-accent)"
      />
      {t('imports.makesCompanies')}
    </label>
  )
}

function Found({ analysis: { rows, columns, format, encoding, preset, isRemembered } }: { analysis: ImportAnalysis }) {
  const { t } = useTranslation()
  const shown = encoding === null || encoding === 'utf-8' ? '' : `, ${encoding}`
  return (
    <p className="text-sm text-muted">
      {t('imports.found', { rows, columns: columns.length, format: format.toUpperCase(), encoding: shown })} {preset && `${t(`imports.presets.${preset}`)} `}
      {isRemembered && t('imports.remembered')}
    </p>
  )
}
