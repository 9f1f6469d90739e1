import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../../../ui/button.tsx'
import { inputLook } from '../../../ui/field.tsx'

/** What is to be done, and within how many days. */
interface PlannedTask {
  readonly title: string
  readonly dueInDays: number | null
}

interface TaskRowsProps<Task extends PlannedTask> {
  legend: string
  addLabel: string
  tasks: readonly Task[]
  most: number
  /** A new one. */
  blank: Task
  onChange: (tasks: Task[]) => void
  /** What else of a task can be chosen. */
  children?: (task: Task, at: number, set: (part: Partial<Task>) => void) => ReactNode
}

/** Tasks that a deal gets, a row for each. */
export function TaskRows<Task extends PlannedTask>({ legend, addLabel, tasks, most, blank, onChange, children }: TaskRowsProps<Task>) {
  const { t } = useTranslation()
  const setAt = (at: number, part: Partial<Task>) => onChange(tasks.map((task, index) => (index === at ? { ...task, ...part } : task)))
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-xs font-medium text-muted">{legend}</legend>
      {tasks.map((task, at) => (
        // Nothing but their place tells tasks apart while their titles are typed.
        <div key={at} className="flex flex-wrap items-center gap-2">
          <input
            aria-label={t('pipelines.taskTitle', { number: at + 1 })}
            placeholder={t('pipelines.taskPlaceholder')}
            maxLength={200}
            value={task.title}
            onChange={({ target }) => setAt(at, { ...task, title: target.value })}
            className={`${inputLook} h-8 min-w-52 flex-1`}
          />
          {children?.(task, at, (part) => setAt(at, part))}
          <label className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
            {t('pipelines.dueIn')}
            <input
              type="number"
              min={0}
              max={365}
              value={task.dueInDays ?? ''}
              onChange={({ target }) => setAt(at, { ...task, dueInDays: daysOf(target.valueAsNumber) })}
              className={`${inputLook} h-8 w-16!`}
            />
            {t('pipelines.days')}
          </label>
          <IconButton label={t('pipelines.removeTask', { number: at + 1 })} onClick={() => onChange(tasks.toSpliced(at, 1))}>
            <X />
          </IconButton>
        </div>
      ))}
      {tasks.length < most && (
        <Button kind="quiet" className="self-start" icon={<Plus />} onClick={() => onChange([...tasks, blank])}>
          {addLabel}
        </Button>
      )}
    </fieldset>
  )
}

const daysOf = (typed: number): number | null => (Number.isInteger(typed) ? Math.min(365, Math.max(0, typed)) : null)
