import { IMPORT_POLICIES, type Import, type ImportAnalysis, type ImportSettings } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../../lib/session/session-store.ts'
import { membersOffered } from './members-offered.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice } from '../../../ui/field.tsx'
import { Card, Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { ColumnTable } from './column-table.tsx'
import { countryOptions, likelyCountry } from './countries.ts'
import { ReadingChoice } from './reading-choice.tsx'
import type { ImportCommands } from './use-import-commands.ts'

interface MappingFormProps {
  found: Import & { analysis: ImportAnalysis; settings: ImportSettings }
  commands: ImportCommands
}

const NOBODY = 'nobody'

/** What the columns are, and how the file is imported. */
export function MappingForm({ found: { analysis, settings: given }, commands }: MappingFormProps) {
  const { t, i18n } = useTranslation()
  const { user } = useMe()
  const members = useQuery(membersOffered).data ?? []
  const [settings, setSettings] = useState<ImportSettings>(() => ({
    ...given,
    ownerId: given.ownerId === undefined ? user.id : given.ownerId,
    country: analysis.isRemembered ? given.country : (given.country ?? likelyCountry(i18n.language)),
    language: i18n.language === 'ru' ? 'ru' : 'en',
  }))
  const change = (part: Partial<ImportSettings>) => setSettings((now) => ({ ...now, ...part }))
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
        <ColumnTable columns={analysis.columns} fields={settings.fields} onChange={(fields) => change({ fields })} />
        {analysis.format === 'csv' && <ReadingChoice isBusy={commands.analyse.isPending} onChange={(reading) => commands.analyse.mutate(reading)} />}
      </Section>
      <Section title={t('imports.settings')}>
        <Card>
          <div className="grid gap-4 sm:grid-cols-2">
            <Choice
              label={t('imports.policy')}
              hint={t('imports.policyHint')}
              value={settings.policy}
              options={IMPORT_POLICIES.map((value) => ({ value, label: t(`imports.policies.${value}`) }))}
              onChange={(policy) => change({ policy })}
            />
            <Choice
              label={t('imports.owner')}
              value={settings.ownerId ?? NOBODY}
              options={owners}
              onChange={(owner) => change({ ownerId: owner === NOBODY ? null : owner })}
            />
            <Choice
              label={t('imports.country')}
              value={settings.country ?? ''}
              options={[{ value: '', label: t('imports.noCountry') }, ...countryOptions(i18n.language)]}
              onChange={(country) => change({ country: country || null })}
            />
            <Choice
              label={t('imports.dates')}
              value={settings.dates}
              options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`imports.datesOf.${value}`) }))}
              onChange={(dates) => change({ dates })}
            />
          </div>
          <label className="flex items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={settings.makesCompanies}
              onChange={({ target }) => change({ makesCompanies: target.checked })}
              className="size-4 accent-(--color-accent)"
            />
            {t('imports.makesCompanies')}
          </label>
        </Card>
        {commands.check.error && <ProblemNote error={commands.check.error} />}
        <Button type="submit" kind="primary" className="self-start" isBusy={commands.check.isPending}>
          {t('imports.check')}
        </Button>
      </Section>
    </form>
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
