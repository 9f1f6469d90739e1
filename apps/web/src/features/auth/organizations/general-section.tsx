import type { Locale, Organization } from '@ai-crm/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { fieldProblem } from '../../../lib/api/explain.ts'
import { formText } from '../../../lib/form-text.ts'
import { LOCALES } from '../../../lib/i18n/locale.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { zoneName, zoneOptions } from '../../../lib/time/zone-name.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextField } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SearchedChoice } from '../../../ui/searched-choice.tsx'
import { showToast } from '../../../ui/toast-store.ts'

export function GeneralSection({ organization }: { organization: Organization }) {
  const { t, i18n } = useTranslation()
  const cache = useQueryClient()
  const canUpdate = useCan('auth.organization.update')
  const [locale, setLocale] = useState<Locale>(organization.locale)
  const [timeZone, setTimeZone] = useState(organization.timeZone)
  const update = useMutation({
    mutationFn: (name: string) => api.auth.updateOrganization({ body: { name, locale, timeZone }, ifMatch: organization.version }),
    onSuccess: (changed) => {
      cache.setQueryData(['auth', 'organization'], changed)
      void cache.invalidateQueries({ queryKey: ['auth', 'organizations'] })
      showToast({ kind: 'done', text: t('common.saved') })
    },
    onError: () => void cache.invalidateQueries({ queryKey: ['auth', 'organization'] }),
  })
  return (
    <Section title={organization.name} text={t('organizations.address', { slug: organization.slug })}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          update.mutate(formText(new FormData(event.currentTarget), 'name'))
        }}
      >
        {update.error && <ProblemNote error={update.error} />}
        <TextField
          label={t('organizations.name')}
          name="name"
          required
          maxLength={100}
          defaultValue={organization.name}
          disabled={!canUpdate}
          error={fieldProblem(update.error, 'name')}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Choice label={t('organizations.language')} value={locale} options={LOCALES} onChange={setLocale} disabled={!canUpdate} />
          <SearchedChoice
            label={t('organizations.timeZone')}
            value={timeZone}
            shown={zoneName(timeZone, i18n.language)}
            options={() => zoneOptions(organization.timeZone, i18n.language)}
            onChange={setTimeZone}
            disabled={!canUpdate}
            error={fieldProblem(update.error, 'timeZone')}
          />
        </div>
        {canUpdate && (
          <div>
            <Button type="submit" kind="primary" isBusy={update.isPending}>
              {t('common.save')}
            </Button>
          </div>
        )}
      </form>
    </Section>
  )
}
