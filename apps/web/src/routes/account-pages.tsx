import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ConfirmSignUpForm } from '../features/auth/account/confirm-sign-up-form.tsx'
import { EmailLinkForm } from '../features/auth/account/email-link-form.tsx'
import { ForgotPasswordForm } from '../features/auth/account/forgot-password-form.tsx'
import { ResetPasswordForm } from '../features/auth/account/reset-password-form.tsx'
import { AuthFrame } from '../features/auth/frame/auth-frame.tsx'
import { publicApi } from '../lib/session/refresh.ts'

const linkLook = 'font-medium text-accent-text hover:underline'

function BackToSignIn() {
  const { t } = useTranslation()
  return (
    <p className="text-center">
      <Link to="/sign-in" className={linkLook}>
        {t('account.backToSignIn')}
      </Link>
    </p>
  )
}

export function ConfirmSignUpPage() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return (
    <AuthFrame title={t('account.confirmTitle')} text={t('account.confirmText')}>
      <ConfirmSignUpForm onSignedIn={() => void navigate({ to: '/' })}>
        <p className="text-center">
          <Link to="/sign-up" className={linkLook}>
            {t('account.signUpAgain')}
          </Link>
        </p>
        <BackToSignIn />
      </ConfirmSignUpForm>
    </AuthFrame>
  )
}

export function ForgotPasswordPage() {
  const { t } = useTranslation()
  return (
    <AuthFrame title={t('account.forgotTitle')} text={t('account.forgotText')}>
      <ForgotPasswordForm />
      <BackToSignIn />
    </AuthFrame>
  )
}

export function ResetPasswordPage() {
  const { t } = useTranslation()
  return (
    <AuthFrame title={t('account.resetTitle')} text={t('account.resetText')}>
      <ResetPasswordForm />
      <p className="text-center">
        <Link to="/forgot-password" className={linkLook}>
          {t('account.askAgain')}
        </Link>
      </p>
      <BackToSignIn />
    </AuthFrame>
  )
}

export function ConfirmEmailPage() {
  const { t } = useTranslation()
  return (
    <AuthFrame title={t('account.confirmEmailTitle')} text={t('account.confirmEmailText')}>
      <EmailLinkForm
        press={t('account.confirmEmail')}
        done={t('account.confirmEmailDone')}
        run={(token) => publicApi.auth.confirmEmailChange({ body: { token } })}
      />
      <BackToSignIn />
    </AuthFrame>
  )
}

export function RevertEmailPage() {
  const { t } = useTranslation()
  return (
    <AuthFrame title={t('account.revertEmailTitle')} text={t('account.revertEmailText')}>
      <EmailLinkForm
        press={t('account.revertEmail')}
        done={t('account.revertEmailDone')}
        sendsMail
        run={(token) => publicApi.auth.revertEmailChange({ body: { token } })}
      />
      <BackToSignIn />
    </AuthFrame>
  )
}

export function KeepFactorsPage() {
  const { t } = useTranslation()
  return (
    <AuthFrame title={t('account.keepFactorsTitle')} text={t('account.keepFactorsText')}>
      <EmailLinkForm press={t('account.keepFactors')} done={t('account.keepFactorsDone')} run={(token) => publicApi.auth.keepFactors({ body: { token } })} />
      <BackToSignIn />
    </AuthFrame>
  )
}
