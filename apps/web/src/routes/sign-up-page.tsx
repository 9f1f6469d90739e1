import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { SignUpForm } from '../features/auth/sign-up/sign-up-form.tsx'

export function SignUpPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/sign-up' })
  return (
    <AuthFrame title={t('auth.signUpTitle')} text={t('auth.signUpText')}>
      <SignUpForm />
      <p className="text-center text-muted">
        {t('auth.haveAccount')}{' '}
        <Link to="/sign-in" search={search} className="font-medium text-accent-text hover:underline">
          {t('auth.signIn')}
        </Link>
      </p>
    </AuthFrame>
  )
}
