import type { Task } from '@ai-crm/contracts'
import clsx from 'clsx'
import { Bell, Check, Repeat } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCan } from '../../../lib/session/session-store.ts'
import { AboutLink } from './about-link.tsx'
import { DueLabel } from './due-label.tsx'
import { useToggleTask } from './use-task-commands.ts'

interface TaskRowProps {
  task: Task
  /** Null where it need not be said. */
  assignee: string | null
  isSelected?: boolean
  isAboutHidden?: boolean
  now: Date
  onOpen: (task: Task) => void
}

export function TaskCheck({ task }: { task: Task }) {
  const { t } = useTranslation()
  const canUpdate = useCan('crm.task.update')
  const { complete, reopen, isPending } = useToggleTask(task)
  const isDone = task.doneAt !== null
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isDone}
      aria-label={t(isDone ? 'tasks.reopen' : 'tasks.complete', { title: task.title })}
      disabled={!canUpdate || isPending}
      onClick={isDone ? reopen : complete}
      className={clsx(
        'group/check flex size-5 shrink-0 items-center justify-center rounded-full border transition-colors',
        isDone ? 'border-transparent bg-ok text-surface' : 'border-line-strong enabled:hover:border-ok',
      )}
    >
      <Check aria-hidden className={clsx('size-3', !isDone && 'opacity-0 group-enabled/check:group-hover/check:opacity-60')} />
    </button>
  )
}

export function TaskRow({ task, assignee, isSelected = false, isAboutHidden = false, now, onOpen }: TaskRowProps) {
  const { t } = useTranslation()
  const isDone = task.doneAt !== null
  return (
    <div
      data-selected={isSelected || undefined}
      className={clsx('flex min-h-11 items-center gap-3 rounded-lg px-2 py-1.5 transition-colors', isSelected ? 'bg-accent-soft' : 'hover:bg-hover')}
    >
      <TaskCheck task={task} />
      <div className="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-baseline sm:gap-3">
        <button
          type="button"
          onClick={() => onOpen(task)}
          className={clsx('min-w-0 text-left', isAboutHidden ? 'line-clamp-2' : 'truncate', isDone ? 'text-muted line-through' : 'font-medium')}
        >
          {task.title}
        </button>
        {!isAboutHidden && <AboutLink task={task} />}
      </div>
      {assignee !== null && <span className="hidden max-w-32 truncate text-xs text-muted md:block">{assignee}</span>}
      {task.remindAt !== null && !isDone && task.remindedAt === null && (
        <Bell role="img" aria-label={t('tasks.willRemind')} className="size-3.5 shrink-0 text-faint" />
      )}
      {task.repeats !== null && !isDone && <Repeat role="img" aria-label={t(`tasks.paces.${task.repeats.every}`)} className="size-3.5 shrink-0 text-faint" />}
      {task.dueAt !== null && <DueLabel dueAt={task.dueAt} isDone={isDone} now={now} />}
    </div>
  )
}
