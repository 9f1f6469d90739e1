import { useInfiniteQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../../ui/button.tsx'
import { Kbd } from '../../../ui/kbd.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { type About, aboutName } from '../records/about.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { useKeptText } from '../records/use-kept-text.ts'
import { mentionedIn } from './mentions.ts'
import { NoteCard } from './note-card.tsx'
import { NoteField } from './note-field.tsx'
import { notesQuery } from './queries.ts'
import { useWriteNote } from './use-note-commands.ts'

interface NotesSectionProps {
  about: About
  members: readonly Colleague[]
}

/** What colleagues have written down about a record, newest first; nothing for whoever may read no notes. */
export function NotesSection(props: NotesSectionProps) {
  return useCan('crm.note.read') ? <Notes {...props} /> : null
}

function Notes({ about, members }: NotesSectionProps) {
  const { t } = useTranslation()
  const canWrite = useCan('crm.note.create')
  const list = useInfiniteQuery(notesQuery(about))
  const notes = list.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-xs font-medium text-faint">{t('notes.heading')}</h2>
      {canWrite && <WriteNote key={aboutName(about)} about={about} members={members} />}
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {!canWrite && list.data && notes.length === 0 && <p className="text-sm text-faint">{t('notes.none')}</p>}
      {notes.length > 0 && (
        <ul aria-label={t('notes.heading')} className="flex flex-col gap-2">
          {notes.map((note) => (
            <li key={note.id}>
              <NoteCard note={note} members={members} />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </section>
  )
}

/** Behind what is written already. */
function writeOn(field: HTMLTextAreaElement | null): void {
  field?.focus()
  field?.setSelectionRange(field.value.length, field.value.length)
}

function WriteNote({ about, members }: NotesSectionProps) {
  const { t } = useTranslation()
  const [body, setBody] = useKeptText(`note.${aboutName(about)}`)
  const field = useRef<HTMLTextAreaElement>(null)
  const write = useWriteNote(about, () => setBody(''))
  const isEmpty = body.trim() === ''
  const save = () => {
    if (!isEmpty && !write.isPending) write.mutate({ body: body.trim(), mentions: mentionedIn(body, members) })
  }
  useShortcut({ keys: 'n', label: t('notes.write'), group: 'record', run: () => writeOn(field.current) })
  return (
    <div className="flex flex-col gap-2">
      <NoteField
        area={field}
        label={t('notes.write')}
        value={body}
        members={members}
        isBusy={write.isPending}
        onChange={setBody}
        onSubmit={save}
        onCancel={() => field.current?.blur()}
      />
      {write.error && (
        <p role="alert" className="text-xs text-danger">
          {explain(write.error, t)}
        </p>
      )}
      {!isEmpty && (
        <div className="flex items-center justify-end gap-2">
          <Kbd keys="mod+enter" />
          <Button kind="primary" shortcut="mod+enter" isBusy={write.isPending} onClick={save}>
            {t('notes.save')}
          </Button>
        </div>
      )}
    </div>
  )
}
