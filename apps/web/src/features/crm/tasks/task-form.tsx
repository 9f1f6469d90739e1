import { TASK_PACES, type GivenTaskRepeat, type Task, type TaskPace } from '@ai-crm/contracts'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField } from '../../../lib/api/explain.ts'
import { formText, formTextOrNull } from '../../../lib/form-text.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { fullTime } from '../../../lib/time/format.ts'
import { DateField } from '../../../ui/date-input.tsx'
import { Choice, TextArea, TextField } from '../../../ui/field.tsx'
import type { Colleague } from '../records/owner-field.tsx'
import { fromLocalField, leadOf, LEADS, remindAtOf, toLocalField, type Lead } from './reminder-times.ts'

export interface TaskFields {
  title: string
  note: string | null
  dueAt: string | null
  remindAt: string | null
  repeats: GivenTaskRepeat | null
  assigneeId: string | null
}

interface TaskFormProps {
  id: string
  /** Null: a new one. */
  task: Task | null
  members: readonly Colleague[]
  error: Error | null
  isReadOnly?: boolean
  onSubmit: (fields: TaskFields) => void
}

type Reminder = Lead | 'none' | 'kept'

export function TaskForm({ id, task, members, error, isReadOnly = false, onSubmit }: TaskFormProps) {
  const { t } = useTranslation()
  const me = useMe().user.id
  const [due, setDue] = useState(toLocalField(task?.dueAt ?? null))
  const [reminder, setReminder] = useState<Reminder>(leadOf(task?.dueAt ?? null, task?.remindAt ?? null) ?? (task?.remindAt ? 'kept' : 'none'))
  const [assigneeId, setAssigneeId] = useState(task ? (task.assigneeId ?? '') : me)
  const [pace, setPace] = useState<TaskPace | 'none'>(task?.repeats?.every ?? 'none')
  const dueAt = fromLocalField(due)
  const submit = (form: FormData) =>
    onSubmit({
      title: formText(form, 'title'),
      note: formTextOrNull(form, 'note'),
      dueAt,
      remindAt: reminder === 'kept' ? (task?.remindAt ?? null) : reminder === 'none' || dueAt === null ? null : remindAtOf(dueAt, reminder),
      repeats: dueAt === null || pace === 'none' ? null : { every: pace, zone: task?.repeats?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone },
      assigneeId: assigneeId || null,
    })
  return (
    <form
      id={id}
      onSubmit={(event) => {
        event.preventDefault()
        submit(new FormData(event.currentTarget))
      }}
    >
      <fieldset disabled={isReadOnly} className="grid gap-4 sm:grid-cols-2">
        <div className="sm:col-span-2">
          <TextField
            label={t('tasks.title')}
            placeholder={t('tasks.titleExample')}
            name="title"
            required
            maxLength={200}
            defaultValue={task?.title}
            error={explainField(error, 'title', t)}
          />
        </div>
        <DueField due={due} onChange={setDue} />
        <ReminderChoice {...{ reminder, setReminder, dueAt }} keptAt={task?.remindAt ?? null} />
        <Choice
          label={t('tasks.repeats')}
          hint={dueAt === null ? t('tasks.repeatsNeedsDue') : undefined}
          value={dueAt === null ? 'none' : pace}
          options={(['none', ...TASK_PACES] as const).map((value) => ({ value, label: t(`tasks.paces.${value}`) }))}
          disabled={dueAt === null}
          onChange={setPace}
        />
        <AssigneeChoice {...{ assigneeId, setAssigneeId, members }} />
        <div className="sm:col-span-2">
          <TextArea label={t('tasks.note')} name="note" rows={4} maxLength={5000} defaultValue={task?.note ?? ''} error={explainField(error, 'note', t)} />
        </div>
      </fieldset>
    </form>
  )
}

/** A time as most of an office's day begins. */
const USUAL_TIME = '09:00'

/** Day and time, `2026-03-18T15:30`; a day alone is in the morning. */
function DueField({ due, onChange }: { due: string; onChange: (due: string) => void }) {
  const { t } = useTranslation()
  const [day = '', time = ''] = due.split('T')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_8rem] gap-4 sm:col-span-2">
      <DateField label={t('tasks.due')} value={day} onChange={(next) => onChange(next === '' ? '' : `${next}T${time || USUAL_TIME}`)} />
      <TextField label={t('tasks.dueTime')} type="time" disabled={day === ''} value={time} onChange={({ target }) => onChange(`${day}T${target.value}`)} />
    </div>
  )
}

interface ReminderChoiceProps {
  reminder: Reminder
  setReminder: (reminder: Reminder) => void
  dueAt: string | null
  keptAt: string | null
}

/** Before it is due; a reminder that was set another way, by the API, stays until another one is chosen. */
function ReminderChoice({ reminder, setReminder, dueAt, keptAt }: ReminderChoiceProps) {
  const { t, i18n } = useTranslation()
  const kept = keptAt !== null && leadOf(dueAt, keptAt) === null ? [{ value: 'kept' as const, label: fullTime(keptAt, i18n.language) }] : []
  return (
    <Choice<Reminder>
      label={t('tasks.remind')}
      hint={dueAt === null && reminder !== 'kept' ? t('tasks.remindNeedsDue') : undefined}
      value={reminder}
      options={[{ value: 'none', label: t('tasks.reminders.none') }, ...kept, ...LEADS.map((value) => ({ value, label: t(`tasks.reminders.${value}`) }))]}
      disabled={dueAt === null && kept.length === 0}
      onChange={setReminder}
    />
  )
}

interface AssigneeChoiceProps {
  assigneeId: string
  setAssigneeId: (userId: string) => void
  members: readonly Colleague[]
}

function AssigneeChoice({ assigneeId, setAssigneeId, members }: AssigneeChoiceProps) {
  const { t } = useTranslation()
  const me = useMe().user
  const known = members.length > 0 ? members : [{ userId: me.id, name: me.name }]
  const gone = assigneeId !== '' && !known.some(({ userId }) => userId === assigneeId) ? [{ value: assigneeId, label: t('records.ownerUnknown') }] : []
  return (
    <Choice
      label={t('tasks.assignee')}
      value={assigneeId}
      options={[{ value: '', label: t('tasks.nobody') }, ...gone, ...known.map(({ userId, name }) => ({ value: userId, label: name }))]}
      onChange={setAssigneeId}
    />
  )
}
