import type { Task } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { Trash2 } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { useCan } from '../../../lib/session/session-store.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Skeleton } from '../../../ui/states.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import type { About } from '../records/about.ts'
import type { Colleague } from '../records/owner-field.tsx'
import { useDeleteLater } from '../records/use-delete-later.ts'
import { AboutLink } from './about-link.tsx'
import { taskQuery } from './queries.ts'
import { TaskForm } from './task-form.tsx'
import { useCreateTask, useUpdateTask } from './use-task-commands.ts'

interface NewTaskDialogProps {
  isOpen: boolean
  about?: About | undefined
  members: readonly Colleague[]
  onClose: () => void
}

export function NewTaskDialog({ isOpen, about, members, onClose }: NewTaskDialogProps) {
  const { t } = useTranslation()
  const formId = useId()
  const create = useCreateTask(() => {
    showToast({ kind: 'done', text: t('tasks.created') })
    onClose()
  })
  return (
    <Dialog title={t('tasks.new')} isOpen={isOpen} onClose={onClose}>
      <DialogBody>
        {create.error && <ProblemNote error={create.error} />}
        <TaskForm id={formId} task={null} members={members} error={create.error} onSubmit={(fields) => create.mutate({ ...fields, ...about })} />
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button kind="primary" type="submit" form={formId} isBusy={create.isPending}>
          {t('tasks.new')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

interface TaskDialogProps {
  taskId: string
  members: readonly Colleague[]
  onClose: () => void
}

/** One task, read and changed. */
export function TaskDialog({ taskId, members, onClose }: TaskDialogProps) {
  const { t } = useTranslation()
  const { data: task, error } = useQuery(taskQuery(taskId))
  return (
    <Dialog title={t('tasks.one')} isOpen onClose={onClose}>
      {task ? (
        <OpenTask task={task} members={members} onClose={onClose} />
      ) : (
        <DialogBody>{error ? <ProblemNote error={error} /> : <Skeleton className="h-40 w-full" />}</DialogBody>
      )}
    </Dialog>
  )
}

function OpenTask({ task, members, onClose }: { task: Task; members: readonly Colleague[]; onClose: () => void }) {
  const { t } = useTranslation()
  const formId = useId()
  const canUpdate = useCan('crm.task.update')
  const canDelete = useCan('crm.task.delete')
  /** The task as it was when somebody began to change it: what they typed stays, and is refused where it is old. */
  const [begun, setBegun] = useState<Task | null>(null)
  const shown = begun ?? task
  const update = useUpdateTask(shown)
  const deleteLater = useDeleteLater()
  const { id: taskId, title } = task
  const remove = () => {
    deleteLater({
      run: () => api.crm.deleteTask({ params: { taskId } }),
      list: ['crm', 'tasks'],
      deleting: t('tasks.deleting', { title }),
      kept: t('tasks.kept'),
    })
    onClose()
  }
  return (
    <>
      <DialogBody>
        {shown.version < task.version && !update.isSuccess ? <p role="alert">{t('records.newer')}</p> : update.error && <ProblemNote error={update.error} />}
        <AboutLink task={task} />
        <div onChange={() => setBegun(shown)}>
          <TaskForm
            key={shown.version}
            id={formId}
            task={shown}
            members={members}
            error={update.error}
            isReadOnly={!canUpdate}
            onSubmit={(fields) => update.mutate(fields, { onSuccess: onClose })}
          />
        </div>
      </DialogBody>
      <DialogActions>
        {canDelete && (
          <Button kind="quiet" icon={<Trash2 />} className="mr-auto" onClick={remove}>
            {t('tasks.delete')}
          </Button>
        )}
        <Button onClick={onClose}>{t('common.close')}</Button>
        {canUpdate && (
          <Button kind="primary" type="submit" form={formId} isBusy={update.isPending}>
            {t('common.save')}
          </Button>
        )}
      </DialogActions>
    </>
  )
}
