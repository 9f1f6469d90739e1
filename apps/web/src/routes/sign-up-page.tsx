import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { signUpStateQuery } from '../features/auth/flags/queries.ts'
import { SignUpClosed } from '../features/auth/flags/sign-up-closed.tsx'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { SignUpForm } from '../features/auth/sign-up/sign-up-form.tsx'

export function SignUpPage() {
  const { t } = useTranslation()
  const search = useSearch({ from: '/sign-up' })
  // The form is there at once: the server refuses all the same, should the answer be late.
  const isClosed = useQuery(signUpStateQuery).data?.isOpen === false
  return (
    <AuthFrame title={t('auth.signUpTitle')} text={t('auth.signUpText')}>
      {isClosed ? <SignUpClosed /> : <SignUpForm />}
      <p className="text-center text-muted">
        {t('auth.haveAccount')}{' '}
        <Link to="/sign-in" search={search} className="font-medium text-accent-text hover:underline">
          {t('auth.signIn')}
        </Link>
      </p>
    </AuthFrame>
  )
}
