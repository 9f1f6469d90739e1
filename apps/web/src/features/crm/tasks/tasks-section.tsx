import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { explain } from '../../../lib/api/explain.ts'
import { useCan, useMe } from '../../../lib/session/session-store.ts'
import { useShortcut } from '../../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../../ui/button.tsx'
import { inputLook } from '../../../ui/field.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { type About, aboutName } from '../records/about.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { useKeptText } from '../records/use-kept-text.ts'
import { tasksQuery } from './queries.ts'
import { TaskDialog } from './task-dialog.tsx'
import { TaskRow } from './task-row.tsx'
import { useCreateTask } from './use-task-commands.ts'
import { useNow } from './use-now.ts'

interface TasksSectionProps {
  about: About
  members: readonly Colleague[]
}

/** What is to be done about a record, on its page; nothing for whoever may see no tasks. */
export function TasksSection(props: TasksSectionProps) {
  return useCan('crm.task.read') ? <Tasks {...props} /> : null
}

function Tasks({ about, members }: TasksSectionProps) {
  const { t } = useTranslation()
  const now = useNow()
  const me = useMe()
  const canCreate = useCan('crm.task.create')
  const [openId, setOpenId] = useState<string | null>(null)
  const list = useInfiniteQuery(tasksQuery({ state: 'open', about }))
  const tasks = list.data?.pages.flatMap(({ items }) => items) ?? []
  const nameOf = (userId: string | null) => members.find((member) => member.userId === userId)?.name ?? null
  return (
    <section className="flex flex-col gap-1">
      <h2 className="text-xs font-medium text-faint">{t('tasks.ofRecord')}</h2>
      {list.error && !list.data && <ProblemNote error={list.error} onRetry={() => void list.refetch()} />}
      {tasks.length > 0 && (
        <ul aria-label={t('tasks.ofRecord')} className="-mx-2 flex flex-col">
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskRow
                task={task}
                assignee={task.assigneeId === me.user.id ? null : nameOf(task.assigneeId)}
                isAboutHidden
                now={now}
                onOpen={({ id }) => setOpenId(id)}
              />
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button className="self-start" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
      {canCreate ? (
        <QuickTask key={aboutName(about)} about={about} />
      ) : (
        tasks.length === 0 && list.data && <p className="text-sm text-faint">{t('tasks.noneHere')}</p>
      )}
      {openId !== null && <TaskDialog taskId={openId} members={members} onClose={() => setOpenId(null)} />}
    </section>
  )
}

/** A line to type the next thing to do: Enter keeps it, and the line is free for another. */
function QuickTask({ about }: { about: About }) {
  const { t } = useTranslation()
  const [title, setTitle] = useKeptText(`task.${aboutName(about)}`)
  const input = useRef<HTMLInputElement>(null)
  const create = useCreateTask(() => setTitle(''))
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') input.current?.blur()
    if (event.key === 'Enter' && title.trim() !== '' && !create.isPending) create.mutate({ title: title.trim(), ...about })
  }
  useShortcut({ keys: 't', label: t('tasks.quick'), group: 'record', run: () => input.current?.focus() })
  return (
    <div className="flex flex-col gap-1">
      <div className="relative">
        <Plus aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-faint" />
        <input
          ref={input}
          aria-label={t('tasks.quick')}
          placeholder={t('tasks.quick')}
          value={title}
          maxLength={200}
          readOnly={create.isPending}
          onChange={({ target }) => setTitle(target.value)}
          onKeyDown={onKeyDown}
          className={`${inputLook} h-8 pl-8!`}
        />
      </div>
      {create.error && (
        <p role="alert" className="text-xs text-danger">
          {explain(create.error, t)}
        </p>
      )}
    </div>
  )
}
