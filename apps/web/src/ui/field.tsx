import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'

export const inputLook =
  'w-full rounded-lg border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-faint transition-colors hover:border-faint focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger'

/** Of a control among values that are text until they are pressed: it looks like one of them. */
export const quietLook =
  '-mx-1 h-7.5 w-full truncate appearance-none rounded-md border-0 bg-transparent px-2 text-sm transition-colors enabled:hover:bg-hover disabled:opacity-60 aria-invalid:bg-hover [&>option]:bg-surface'

/** One choice of a list that is found by typing. */
export const choiceLook =
  'flex min-h-8 cursor-default items-center gap-2 rounded-md px-2 py-1 text-sm select-none data-[disabled=true]:opacity-55 data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  isLabelHidden?: boolean
  children: (props: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }) => ReactNode
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, isLabelHidden, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={clsx('text-xs font-medium text-muted', isLabelHidden && 'sr-only')}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': error ? true : undefined })}
      {note && (
        <p id={noteId} className={clsx('text-xs', error ? 'text-danger' : 'text-faint')}>
          {note}
        </p>
      )}
    </div>
  )
}

type Inherited = Pick<FieldProps, 'label' | 'hint' | 'error' | 'isLabelHidden'>

export function TextField({ label, hint, error, isLabelHidden, className, ...input }: Inherited & ComponentProps<'input'>) {
  return (
    <Field {...{ label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      {(props) => <input {...props} {...input} className={clsx(inputLook, 'h-9', className)} />}
    </Field>
  )
}

export function TextArea({ label, hint, error, isLabelHidden, className, ...area }: Inherited & ComponentProps<'textarea'>) {
  return (
    <Field {...{ label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      {(props) => <textarea {...props} {...area} className={clsx(inputLook, 'resize-y py-2 leading-normal', className)} />}
    </Field>
  )
}

interface ChoiceProps<Value extends string> extends Inherited {
  value: Value
  options: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
  className?: string
  disabled?: boolean
  /** Among values, not among controls. */
  isQuiet?: boolean
}

/** The browser's own select: right on phones and for screen readers, and no script to get wrong. */
export function Choice<Value extends string>({
  value,
  options,
  onChange,
  className,
  disabled,
  isQuiet,
  label,
  hint,
  error,
  isLabelHidden,
}: ChoiceProps<Value>) {
  return (
    <Field {...{ label, hint, error }} isLabelHidden={isLabelHidden ?? false}>
      {(props) => (
        <select
          {...props}
          value={value}
          disabled={disabled}
          onChange={({ target }) => {
            const option = options[target.selectedIndex]
            if (option) onChange(option.value)
          }}
          className={clsx(isQuiet ? quietLook : [inputLook, 'h-9'], isQuiet && (value === '' ? 'text-faint' : 'text-ink'), className)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
