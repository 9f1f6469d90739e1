import type { Conversation } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Sparkles } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { useSwitchedOff } from '../../../lib/flags/flags.ts'
import { SwitchedOffNote } from '../../../ui/switched-off-note.tsx'
import { DraftActions } from './draft-actions.tsx'
import { DraftHeader } from './draft-header.tsx'
import { DraftSources } from './draft-sources.tsx'
import { DraftEditor, DraftText } from './draft-text.tsx'
import { draftView } from './draft-view.ts'
import { hasGap } from './gaps.ts'
import { draftsQuery } from './queries.ts'
import { StaleNote } from './stale-note.tsx'
import { useDraftDecisions } from './use-draft-decisions.ts'
import { useKeptEdit } from './use-kept-edit.ts'

interface DraftPanelProps {
  conversation: Conversation
  /** Of somebody whose records the person may see and not change. */
  isLocked: boolean
  isFolded: boolean
  onUnfold: () => void
  /** Takes the draft's text into the person's own reply. */
  onUse: (body: string) => void
}

/** The AI's draft under the conversation: nothing of it is sent before a person says so. */
export function DraftPanel({ conversation, isLocked, isFolded, onUnfold, onUse }: DraftPanelProps) {
  const { t } = useTranslation()
  const canGenerate = useCan('ai.draft.generate') && !isLocked
  const isOff = useSwitchedOff('ai-drafts') !== null
  const { data } = useQuery(draftsQuery(conversation.id))
  const [edit, setEdit] = useKeptEdit(conversation.id, data?.items ?? [])
  const [isBegun, setIsBegun] = useState(false)
  const decisions = useDraftDecisions(conversation.id, () => setEdit(null))
  const view = draftView(data?.items ?? [], conversation, edit?.draftId ?? null)

  if (view.kind === 'none') {
    if (!data || !canGenerate || conversation.lastDirection === 'outbound' || !conversation.lastInboundMessageId) return null
    if (isOff) return <SwitchedOffNote flag="ai-drafts" />
    return (
      <Button kind="ai" icon={<Sparkles />} className="self-start" isBusy={decisions.generate.isPending} onClick={() => decisions.generate.mutate({})}>
        {t('draft.generate')}
      </Button>
    )
  }

  const { kind, draft, hasNewer } = view
  const isStale = kind === 'stale'
  const text = edit ?? { draftId: draft.id, subject: draft.subject, body: draft.body }
  return (
    <section
      aria-label={t('draft.region')}
      data-draft={kind}
      className={clsx('@container flex flex-col gap-2.5 rounded-xl border py-2.5', isStale ? 'border-warn-line bg-warn-soft' : 'border-ai-line bg-ai-soft')}
    >
      <DraftHeader draft={draft} kind={kind} isFolded={isFolded} onUnfold={onUnfold} />
      {!isFolded && (
        <>
          {kind !== 'waiting' && <SwitchedOffNote flag="ai-drafts" className="mx-3.5" />}
          {isStale && <StaleNote isEdited={edit !== null} />}
          {kind === 'failed' ? (
            <p className="px-3.5 text-danger">
              {t('draft.failed')} {draft.reason}
            </p>
          ) : edit ? (
            <DraftEditor {...edit} isBegun={isBegun} onSubject={(subject) => setEdit({ ...edit, subject })} onBody={(body) => setEdit({ ...edit, body })} />
          ) : (
            <DraftText draftId={draft.id} body={draft.body} isWriting={kind === 'writing'} isStale={isStale} />
          )}
          {kind === 'waiting' && (
            <div className="px-3.5">
              <DraftSources sources={draft.sources} />
            </div>
          )}
          <DraftActions
            kind={kind}
            isLocked={isLocked}
            isEditing={edit !== null}
            isIncomplete={hasGap(text.body)}
            hasNewer={hasNewer}
            decisions={decisions}
            onApprove={() => decisions.approve.mutate({ draft, subject: text.subject, body: text.body })}
            onReject={() => decisions.reject.mutate(draft)}
            onEdit={() => {
              setIsBegun(true)
              setEdit({ draftId: draft.id, subject: draft.subject, body: draft.body })
            }}
            onStopEditing={() => setEdit(null)}
            onUse={() => onUse(text.body)}
          />
        </>
      )}
    </section>
  )
}
