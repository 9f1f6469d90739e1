import { LogOut } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { signOut } from '../../../lib/session/refresh.ts'
import { useMe } from '../../../lib/session/session-store.ts'
import { Avatar } from '../../../ui/avatar.tsx'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { PageTitle, Section } from '../../../ui/page.tsx'
import { EmailForm } from './email-form.tsx'
import { LanguageSwitch } from './language-switch.tsx'
import { NameForm } from './name-form.tsx'
import { PasswordForm } from './password-form.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

export function ProfilePage() {
  const { t } = useTranslation()
  const { user, organization, role } = useMe()
  return (
    <>
      <PageTitle title={t('settings.profile')} text={t('settings.profileText')} />
      <Section title={organization.name}>
        <div className="flex flex-wrap items-center gap-4">
          <Avatar name={user.name} size="lg" />
          <div className="min-w-0 flex-1">
            <p className="flex items-center gap-2 font-semibold">
              {user.name}
              <Badge tone="accent">{t(`settings.roles.${role}`)}</Badge>
            </p>
            <p className="truncate text-muted">{user.email}</p>
          </div>
          <Button icon={<LogOut />} onClick={() => void signOut()}>
            {t('auth.signOut')}
          </Button>
        </div>
      </Section>
      <NameForm />
      <EmailForm />
      <PasswordForm />
      <Section title={t('settings.appearance')}>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-muted">{t('nav.theme')}</span>
          <ThemeSwitch />
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3">
          <span className="text-muted">{t('nav.language')}</span>
          <LanguageSwitch />
        </div>
      </Section>
    </>
  )
}
