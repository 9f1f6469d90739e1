import type { CreateTask, Task, UpdateTask } from '@ai-crm/contracts'
import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { explain, isStatus } from '../../../lib/api/explain.ts'
import { useCommand } from '../../../lib/api/use-command.ts'
import { showToast } from '../../../ui/toast-store.ts'
import { editInTurn } from '../records/edit-in-turn.ts'

function renew(cache: QueryClient, task: Task): void {
  cache.setQueryData(['crm', 'task', task.id], task)
  void cache.invalidateQueries({ queryKey: ['crm', 'tasks'] })
}

export function useCreateTask(onCreated: (task: Task) => void) {
  const cache = useQueryClient()
  return useCommand({
    run: (body: Partial<CreateTask> & { title: string }, idempotencyKey) => api.crm.createTask({ body, idempotencyKey }),
    onSuccess: (task) => {
      renew(cache, task)
      onCreated(task)
    },
  })
}

/** Told also when the row has left the screen meanwhile, as a task does that others see completed. */
interface Told<Output> {
  onSuccess?: (output: Output) => void
  onError?: (error: Error) => void
}

/** Changes a task as of the version that was on screen; when that is old, the newest is fetched to look at. */
export function useUpdateTask({ id, version }: Pick<Task, 'id' | 'version'>, told: Told<Task> = {}) {
  const cache = useQueryClient()
  return useCommand({
    turn: id,
    run: (body: UpdateTask, idempotencyKey) =>
      editInTurn(id, version, (ifMatch) => api.crm.updateTask({ params: { taskId: id }, body, ifMatch, idempotencyKey })),
    onSuccess: (task) => {
      renew(cache, task)
      told.onSuccess?.(task)
    },
    onError: (error) => {
      told.onError?.(error)
      if (!isStatus(error, 409, 412)) return
      void cache.invalidateQueries({ queryKey: ['crm', 'task', id] })
      void cache.invalidateQueries({ queryKey: ['crm', 'tasks'] })
    },
  })
}

/** Completes a task, or opens it again; what was completed can be taken back for as long as the toast stays. */
export function useToggleTask(task: Pick<Task, 'id' | 'version'>) {
  const { t } = useTranslation()
  const tell = ({ title, followedById }: Task) =>
    showToast({
      kind: 'done',
      text: t(followedById === null ? 'tasks.done' : 'tasks.nextMade', { title }),
      action: { label: t('common.undo'), run: reopen },
    })
  const update = useUpdateTask(task, {
    onSuccess: (changed) => changed.doneAt !== null && tell(changed),
    onError: (error) => showToast({ kind: 'problem', text: explain(error, t) }),
  })
  const reopen = () => update.mutate({ isDone: false })
  const complete = () => update.mutate({ isDone: true })
  return { isPending: update.isPending, complete, reopen }
}
