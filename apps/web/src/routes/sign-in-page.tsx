import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { SignInForm } from '../features/auth/sign-in/sign-in-form.tsx'

export function SignInPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const search = useSearch({ from: '/sign-in' })
  return (
    <AuthFrame title={t('auth.signInTitle')} text={t('auth.signInText')}>
      <SignInForm returnTo={search.return} onSignedIn={() => void navigate({ to: search.return ?? '/' })} />
      <p className="-mt-3 text-center">
        <Link to="/forgot-password" className="font-medium text-accent-text hover:underline">
          {t('account.forgot')}
        </Link>
      </p>
      <p className="text-center text-muted">
        {t('auth.noAccount')}{' '}
        <Link to="/sign-up" search={search} className="font-medium text-accent-text hover:underline">
          {t('auth.signUp')}
        </Link>
      </p>
    </AuthFrame>
  )
}
