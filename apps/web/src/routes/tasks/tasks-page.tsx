import type { Task } from '@ai-crm/contracts'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { CircleCheckBig, Plus } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { membersQuery, useMemberName } from '../../features/auth/members/queries.ts'
import { tasksQuery } from '../../features/crm/tasks/queries.ts'
import { NewTaskDialog, TaskDialog } from '../../features/crm/tasks/task-dialog.tsx'
import { inGroups } from '../../features/crm/tasks/task-groups.ts'
import { TaskRow } from '../../features/crm/tasks/task-row.tsx'
import { useNow } from '../../features/crm/tasks/use-now.ts'
import { useToggleTask } from '../../features/crm/tasks/use-task-commands.ts'
import { newTaskOpen } from '../../lib/open-store.ts'
import { useCan } from '../../lib/session/session-store.ts'
import { useShortcut } from '../../lib/shortcuts/use-shortcut.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/field.tsx'
import { PageHeader } from '../../ui/page.tsx'
import { ProblemPage } from '../../ui/problem.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { EmptyState, SkeletonRows } from '../../ui/states.tsx'
import { useRowKeys } from '../use-row-keys.ts'
import { assigneeOf, type TasksSearch } from './tasks-search.ts'

const ASSIGNEES = ['mine', 'teams', 'nobody', 'all'] as const

/** E completes the marked task, or opens it again. */
function DoneShortcut({ task }: { task: Task }) {
  const { t } = useTranslation()
  const canUpdate = useCan('crm.task.update')
  const { complete, reopen } = useToggleTask(task)
  useShortcut(canUpdate ? { keys: 'e', label: t('tasks.toggle'), group: 'list', run: task.doneAt === null ? complete : reopen } : null)
  return null
}

function NothingToDo({ search, onCreate }: { search: TasksSearch; onCreate: (() => void) | null }) {
  const { t } = useTranslation()
  if (search.state === 'done') return <EmptyState icon={<CircleCheckBig />} title={t('tasks.noneDone')} text={t('tasks.noneDoneText')} />
  if (search.assignee) return <EmptyState icon={<CircleCheckBig />} title={t('tasks.noneOfFilter')} text={t('tasks.noneOfFilterText')} />
  return (
    <EmptyState icon={<CircleCheckBig />} title={t('tasks.empty')} text={t('tasks.emptyText')}>
      {onCreate && (
        <Button kind="primary" icon={<Plus />} onClick={onCreate}>
          {t('tasks.new')}
        </Button>
      )}
    </EmptyState>
  )
}

export function TasksPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const now = useNow()
  const canCreate = useCan('crm.task.create')
  const search = useSearch({ from: '/app/tasks' })
  const { state = 'open', assignee, open } = search
  const list = useInfiniteQuery(tasksQuery({ state, assignee: assigneeOf(assignee) }))
  const tasks = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data])
  const groups = state === 'done' ? [{ group: null, tasks }] : inGroups(tasks, now)
  const members = useQuery(membersQuery).data?.items ?? []
  const nameOf = useMemberName()
  const show = (next: TasksSearch) => void navigate({ to: '/tasks', search: { ...search, ...next }, replace: true })
  const { index: selectedIndex } = useRowKeys(tasks, (id) => show({ open: id }))
  const selected = tasks[selectedIndex]
  const create = () => newTaskOpen.set(true)
  useShortcut(canCreate ? { keys: 'c', label: t('tasks.new'), group: 'list', run: create } : null)

  return (
    <>
      <PageHeader title={t('tasks.heading')}>
        {canCreate && (
          <Button kind="primary" icon={<Plus />} shortcut="c" onClick={create}>
            <span className="sr-only sm:not-sr-only">{t('tasks.new')}</span>
          </Button>
        )}
      </PageHeader>
      <div className="flex shrink-0 items-center gap-2 border-b border-line px-3 py-2 md:px-5">
        <Segmented
          label={t('tasks.state')}
          value={state}
          options={(['open', 'done'] as const).map((value) => ({ value, label: t(`tasks.states.${value}`) }))}
          onChange={(value) => show({ state: value === 'open' ? undefined : value })}
        />
        <Choice
          isLabelHidden
          label={t('tasks.whose')}
          value={assignee ?? 'mine'}
          options={ASSIGNEES.map((value) => ({ value, label: t(`tasks.assignees.${value}`) }))}
          onChange={(value) => show({ assignee: value === 'mine' ? undefined : value })}
          className="h-8! w-auto"
        />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-3 md:px-4" tabIndex={-1}>
        <div className="mx-auto flex max-w-4xl flex-col gap-4">
          {list.isPending && <SkeletonRows count={8} label={t('common.loading')} />}
          {list.error && !list.data && <ProblemPage error={list.error} onRetry={() => void list.refetch()} />}
          {list.data && tasks.length === 0 && <NothingToDo search={search} onCreate={canCreate ? create : null} />}
          {groups.map(({ group, tasks: ofGroup }) => (
            <section key={group} className="flex flex-col gap-1">
              {group !== null && (
                <h2 className={`px-2 text-xs font-medium ${group === 'overdue' ? 'text-danger' : 'text-faint'}`}>{t(`tasks.groups.${group}`)}</h2>
              )}
              <ul aria-label={group === null ? t('tasks.states.done') : t(`tasks.groups.${group}`)}>
                {ofGroup.map((task) => (
                  <li key={task.id}>
                    <TaskRow
                      task={task}
                      assignee={assignee && task.assigneeId ? nameOf(task.assigneeId) : null}
                      isSelected={task.id === selected?.id}
                      now={now}
                      onOpen={({ id }) => show({ open: id })}
                    />
                  </li>
                ))}
              </ul>
            </section>
          ))}
          {list.hasNextPage && (
            <Button className="self-center" isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          )}
        </div>
      </div>
      {selected && <DoneShortcut key={selected.id} task={selected} />}
      <NewTaskDialog isOpen={newTaskOpen.use()} members={members} onClose={() => newTaskOpen.set(false)} />
      {open !== undefined && <TaskDialog taskId={open} members={members} onClose={() => show({ open: undefined })} />}
    </>
  )
}
