import type { Import, ImportSettings } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { FileDrop } from '../../features/crm/imports/file-drop.tsx'
import { ForecastView } from '../../features/crm/imports/forecast-view.tsx'
import { MappingForm } from '../../features/crm/imports/mapping-form.tsx'
import { ProgressBar } from '../../features/crm/imports/progress-bar.tsx'
import { importQuery } from '../../features/crm/imports/queries.ts'
import { ReadingChoice } from '../../features/crm/imports/reading-choice.tsx'
import { RunView } from '../../features/crm/imports/run-view.tsx'
import { useImportCommands, type ImportCommands } from '../../features/crm/imports/use-import-commands.ts'
import { problemWord } from '../../features/crm/imports/words.ts'
import { Button } from '../../ui/button.tsx'
import { PageHeader, Section } from '../../ui/page.tsx'
import { ProblemNote, ProblemPage } from '../../ui/problem.tsx'
import { SkeletonRows } from '../../ui/states.tsx'

/** One import, at whatever step it is. */
export function ImportPage() {
  const { t } = useTranslation()
  const { importId } = useParams({ from: '/app/import/$importId' })
  const { data, error, refetch } = useQuery(importQuery(importId))
  const commands = useImportCommands(importId)
  const place = useFocusOfSteps(data?.state)
  return (
    <>
      <PageHeader title={data?.fileName ?? t('imports.title')}>
        <Link to="/import" className="text-sm whitespace-nowrap text-muted hover:text-ink">
          {t('imports.back')}
        </Link>
      </PageHeader>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div ref={place} tabIndex={-1} className="mx-auto w-full max-w-3xl px-4 py-6 outline-none">
          {error && !data && <ProblemPage error={error} onRetry={() => void refetch()} />}
          {!data && !error && <SkeletonRows count={6} label={t('common.loading')} />}
          {data && <Step key={data.state} found={data} commands={commands} />}
        </div>
      </div>
    </>
  )
}

/** A step takes its controls along: whoever had the focus there goes on at the beginning of the next one, not at the top of the page. */
function useFocusOfSteps(state: Import['state'] | undefined): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null)
  const before = useRef(state)
  useEffect(() => {
    if (before.current !== undefined && before.current !== state && document.activeElement === document.body) place.current?.focus()
    before.current = state
  }, [state])
  return place
}

function Step({ found, commands }: { found: Import; commands: ImportCommands }) {
  const [changing, setChanging] = useState<ImportSettings | null>(null)
  const { state, analysis, settings, forecast, operation } = found
  if (operation) return <RunView found={{ ...found, operation }} commands={commands} />
  if (state === 'refused' && found.problem) return <Refused found={found} commands={commands} />
  if (state === 'checked' && analysis && settings && forecast && !changing)
    return <ForecastView found={{ ...found, analysis, settings, forecast }} commands={commands} onChange={setChanging} />
  if ((state === 'mapping' || state === 'checked') && analysis && settings)
    return <MappingForm found={{ ...found, analysis, settings: changing ?? settings }} commands={commands} />
  return state === 'uploading' ? <Unsent /> : <Working found={found} />
}

/** Whoever has left in the middle brings the file once more. */
function Unsent() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Section title={t('imports.states.uploading')} text={t('imports.unsent')}>
      <FileDrop onSent={({ id }) => void navigate({ to: '/import/$importId', params: { importId: id } })} />
    </Section>
  )
}

function Working({ found: { state, seen, readPercent } }: { found: Import }) {
  const { t } = useTranslation()
  return (
    <Section title={t(`imports.states.${state}`)}>
      <ProgressBar label={t(`imports.states.${state}`)} done={readPercent} total={100} />
      <p role="status" className="text-sm text-muted tabular-nums">
        {readPercent === 0 ? t('imports.running.waiting') : seen === 0 ? t('imports.readingTexts') : t('imports.seen', { rows: seen })}
      </p>
    </Section>
  )
}

/** Not the file's fault: reading it once more may do. */
const UNREADABLE = 'crm.import.broken_off'

function Refused({ found: { problem }, commands }: { found: Import; commands: ImportCommands }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <Section title={t('imports.states.refused')}>
      <p role="alert" className="rounded-xl border border-danger-line bg-danger-soft px-4 py-3 text-sm">
        {problem && problemWord(t, problem)}
      </p>
      {commands.analyse.error && <ProblemNote error={commands.analyse.error} />}
      {problem?.code === UNREADABLE && (
        <Button className="self-start" isBusy={commands.analyse.isPending} onClick={() => commands.analyse.mutate({})}>
          {t('imports.readAgain')}
        </Button>
      )}
      <p className="text-sm">{t('imports.anew')}</p>
      <FileDrop onSent={({ id }) => void navigate({ to: '/import/$importId', params: { importId: id } })} />
      <ReadingChoice isBusy={commands.analyse.isPending} onChange={(reading) => commands.analyse.mutate(reading)} />
    </Section>
  )
}
