import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { useTranslation } from 'react-i18next'
import { firstGap, splitGaps } from './gaps.ts'
import { draftProgressQuery } from './queries.ts'

/** The draft as it stands, or while it is being written. */
export function DraftText({ draftId, body, isWriting, isStale }: { draftId: string; body: string; isWriting: boolean; isStale: boolean }) {
  const { t } = useTranslation()
  const { data: progress } = useQuery(draftProgressQuery(draftId))
  const text = isWriting ? progress || body : body
  return (
    <div aria-busy={isWriting} className={clsx('px-3.5', isStale && 'text-muted')}>
      <p className="max-w-[75ch] text-base break-words whitespace-pre-wrap">
        {text ? (
          splitGaps(text).map((part, index) =>
            part.isGap ? (
              <mark key={index} className="rounded bg-warn-soft px-0.5 text-warn ring-1 ring-warn-line">
                {part.text}
              </mark>
            ) : (
              part.text
            ),
          )
        ) : (
          <span className="text-muted">{t('draft.writing')}</span>
        )}
        {isWriting && <span aria-hidden className="ml-0.5 inline-block h-4 w-0.5 animate-shimmer bg-ai align-text-bottom" />}
      </p>
    </div>
  )
}

interface DraftEditorProps {
  /** Somebody has just pressed "edit"; one that was begun before waits for whoever walks by. */
  isBegun: boolean
  subject: string
  body: string
  onSubject: (subject: string) => void
  onBody: (body: string) => void
}

export function DraftEditor({ isBegun, subject, body, onSubject, onBody }: DraftEditorProps) {
  const { t } = useTranslation()
  const look = 'rounded-lg border border-ai-line bg-surface px-3'
  return (
    // The keys of the page are there again; what is written stays.
    <div className="flex flex-col gap-2 px-3.5" onKeyDown={({ key, target }) => key === 'Escape' && target instanceof HTMLElement && target.blur()}>
      <input
        aria-label={t('draft.subject')}
        value={subject}
        maxLength={500}
        onChange={({ target }) => onSubject(target.value)}
        className={clsx(look, 'h-8 text-sm')}
      />
      <textarea
        aria-label={t('draft.body')}
        autoFocus={isBegun}
        // What is to be filled in is typed over at once.
        onFocus={({ currentTarget }) => {
          const gap = firstGap(currentTarget.value)
          if (gap) currentTarget.setSelectionRange(gap.start, gap.end)
        }}
        value={body}
        maxLength={100_000}
        onChange={({ target }) => onBody(target.value)}
        className={clsx(look, 'field-sizing-content min-h-28 resize-none py-2 text-base')}
      />
    </div>
  )
}
