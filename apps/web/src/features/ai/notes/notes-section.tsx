import type { Note } from '@ai-crm/contracts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { NotebookPen, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { EmptyState, SkeletonRows } from '../../../ui/states.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { NoteRow } from './note-row.tsx'
import { notesQuery } from './queries.ts'

/** `new`: a note is being written; a note: it is being changed. */
type Editing = Note | 'new' | null

export function NotesSection() {
  const { t } = useTranslation()
  const canManage = useCan('ai.note.manage')
  const [editing, setEditing] = useState<Editing>(null)
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(notesQuery)
  const notes = data?.pages.flatMap(({ items }) => items)
  const writeButton = canManage && (
    <Button icon={<Plus />} className="self-start" onClick={() => setEditing('new')}>
      {t('ai.newNote')}
    </Button>
  )
  return (
    <Section title={t('ai.notes')} text={t('ai.notesText')}>
      {error && !data && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <SkeletonRows count={2} label={t('common.loading')} />}
      {notes?.length === 0 && (
        <div className="rounded-xl border border-line">
          <EmptyState icon={<NotebookPen />} title={t('ai.noNotes')} text={t('ai.noNotesText')}>
            {writeButton}
          </EmptyState>
        </div>
      )}
      {notes && notes.length > 0 && (
        <>
          {writeButton}
          <ul aria-label={t('ai.notes')} className="flex flex-col divide-y divide-line rounded-xl border border-line">
            {notes.map((note) => (
              <NoteRow key={note.id} note={note} canManage={canManage} onEdit={() => setEditing(note)} />
            ))}
          </ul>
        </>
      )}
      {hasNextPage && (
        <Button className="self-start" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      <NoteDialog note={editing === 'new' ? null : editing} isOpen={editing !== null} onClose={() => setEditing(null)} />
    </Section>
  )
}
