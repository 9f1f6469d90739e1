import { Tone, type AiSettings } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Cpu } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Choice, TextArea } from '../../../ui/field.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { SkeletonRows } from '../../../ui/states.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { aiSettingsQuery } from './queries.ts'
import { useUpdateAiSettings } from './use-update-ai-settings.ts'

/** Who writes the drafts: said plainly, also when it is no model. */
function Provider({ settings }: { settings: AiSettings }) {
  const { t } = useTranslation()
  const isLocal = settings.provider === 'local'
  return (
    <div className="flex items-start gap-2.5 rounded-lg border border-line bg-canvas px-3.5 py-3">
      <Cpu aria-hidden className="mt-0.5 size-4 shrink-0 text-ai" />
      <div className="flex flex-col gap-0.5">
        <p className="font-medium">{isLocal ? t('ai.providerLocal') : t('ai.providerModel', { model: settings.model })}</p>
        {isLocal && <p className="text-xs text-muted">{t('ai.providerLocalText')}</p>}
      </div>
    </div>
  )
}

function Form({ settings }: { settings: AiSettings }) {
  const { t } = useTranslation()
  const canManage = useCan('ai.settings.manage')
  const [instructions, setInstructions] = useState(settings.instructions)
  const update = useUpdateAiSettings(settings)
  return (
    <div className="flex flex-col gap-5">
      <Switch
        label={t('ai.autoDraft')}
        hint={t('ai.autoDraftHint')}
        isOn={settings.isAutoDraftOn}
        isDisabled={!canManage || update.isPending}
        onChange={(isAutoDraftOn) => update.mutate({ isAutoDraftOn })}
      />
      <Choice
        label={t('ai.tone')}
        value={settings.tone}
        disabled={!canManage || update.isPending}
        options={Tone.options.map((value) => ({ value, label: t(`draft.tones.${value}`) }))}
        onChange={(tone) => update.mutate({ tone })}
        className="max-w-60"
      />
      <TextArea
        label={t('ai.instructions')}
        hint={t('ai.instructionsHint')}
        rows={5}
        maxLength={5000}
        value={instructions}
        disabled={!canManage}
        onChange={({ target }) => setInstructions(target.value)}
      />
      {canManage && (
        <Button
          kind="primary"
          className="self-start"
          disabled={instructions === settings.instructions}
          isBusy={update.isPending}
          onClick={() => update.mutate({ instructions })}
        >
          {t('common.save')}
        </Button>
      )}
    </div>
  )
}

export function AiSettingsSection() {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(aiSettingsQuery)
  return (
    <Section title={t('ai.provider')}>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {data && (
        <>
          <Provider settings={data} />
          <Form key={data.instructions} settings={data} />
        </>
      )}
    </Section>
  )
}
