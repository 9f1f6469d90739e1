import type { StageRules } from '@ai-crm/contracts'
import { useTranslation } from 'react-i18next'
import { inputLook } from '../../../ui/field.tsx'
import { TaskRows } from '../tasks/task-rows.tsx'

interface ChecksProps {
  legend: string
  /** What it means that nothing is narrowed. */
  everything: string
  options: readonly { readonly id: string; readonly label: string }[]
  /** Null: all of them, and those to come. */
  chosen: readonly string[] | null
  onChange: (ids: string[] | null) => void
}

const boxLook = 'mt-0.5 size-4 shrink-0 accent-accent'

/** All, or only those that are ticked. */
export function Checks({ legend, everything, options, chosen, onChange }: ChecksProps) {
  const toggle = (id: string) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    // With what is chosen and not offered: of roles and stages that this person cannot see.
    onChange([...next])
  }
  return (
    <fieldset className="flex flex-col">
      <legend className="mb-1.5 text-xs font-medium text-muted">{legend}</legend>
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className={boxLook}
          checked={chosen === null}
          onChange={({ target }) => onChange(target.checked ? null : options.map(({ id }) => id))}
        />
        {everything}
      </label>
      {chosen !== null && (
        <div className="mt-1.5 grid gap-x-4 gap-y-1.5 pl-6 sm:grid-cols-2">
          {options.map(({ id, label }) => (
            <label key={id} className="flex min-w-0 items-start gap-2 text-sm">
              <input type="checkbox" className={boxLook} checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <span className="min-w-0 break-words">{label}</span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  )
}

const MAX_LIMIT = 10_000

export function LimitField({ value, onChange }: { value: number | null; onChange: (limit: number | null) => void }) {
  const { t } = useTranslation()
  return (
    <label className="flex items-center gap-2 text-sm">
      {t('pipelines.wipLimit')}
      <input
        type="number"
        min={1}
        max={MAX_LIMIT}
        value={value ?? ''}
        placeholder="∞"
        onChange={({ target }) => {
          const limit = Math.trunc(target.valueAsNumber)
          onChange(limit >= 1 && limit <= MAX_LIMIT ? limit : null)
        }}
        className={`${inputLook} h-8 w-20!`}
      />
    </label>
  )
}

const MAX_TASKS = 10

/** Tasks that a deal gets in the stage, and has to have done before it goes on. */
export function TasksField({ tasks, onChange }: { tasks: StageRules['tasks']; onChange: (tasks: StageRules['tasks']) => void }) {
  const { t } = useTranslation()
  const blank = { title: '', dueInDays: null }
  return <TaskRows legend={t('pipelines.tasks')} addLabel={t('pipelines.addTask')} tasks={tasks} most={MAX_TASKS} blank={blank} onChange={onChange} />
}
