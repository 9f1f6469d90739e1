import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field, inputLook } from '../../../ui/field.tsx'

interface PasswordFieldProps {
  purpose: 'current-password' | 'new-password'
  /** Of the form's field; `password` unless told. */
  name?: string
  label?: string
  hint?: string
  error?: string | undefined
}

export function PasswordField({ purpose, name = 'password', label, hint, error }: PasswordFieldProps) {
  const { t } = useTranslation()
  const [isShown, setIsShown] = useState(false)
  const Icon = isShown ? EyeOff : Eye
  return (
    <Field label={label ?? t('auth.password')} hint={hint} error={error}>
      {(props) => (
        <div className="relative">
          <input
            {...props}
            name={name}
            type={isShown ? 'text' : 'password'}
            required
            minLength={purpose === 'new-password' ? 8 : 1}
            maxLength={200}
            autoComplete={purpose}
            className={`${inputLook} h-9 pr-10`}
          />
          <button
            type="button"
            aria-label={isShown ? t('auth.hidePassword') : t('auth.showPassword')}
            onClick={() => setIsShown(!isShown)}
            className="absolute top-1 right-1 flex size-7 items-center justify-center rounded-md text-faint hover:text-ink"
          >
            <Icon className="size-4" />
          </button>
        </div>
      )}
    </Field>
  )
}
