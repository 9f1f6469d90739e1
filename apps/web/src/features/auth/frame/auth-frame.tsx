import { Inbox, ShieldCheck, Sparkles } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Logo } from '../../../ui/logo.tsx'
import { LanguageSwitch } from '../profile/language-switch.tsx'

function Points() {
  const { t } = useTranslation()
  const points = [
    { icon: <Inbox />, text: t('auth.pointInbox') },
    { icon: <Sparkles />, text: t('auth.pointDrafts') },
    { icon: <ShieldCheck />, text: t('auth.pointYours') },
  ]
  return (
    <ul className="flex flex-col gap-4">
      {points.map(({ icon, text }) => (
        <li key={text} className="flex items-center gap-3 text-base text-muted [&_svg]:size-4.5 [&_svg]:text-accent-text">
          {icon}
          {text}
        </li>
      ))}
    </ul>
  )
}

/** What signing in and signing up stand in: the form, and on wide screens what the product is. */
export function AuthFrame({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="grid h-full overflow-y-auto bg-surface lg:grid-cols-[1fr_minmax(24rem,38%)]">
      <main className="flex flex-col px-6 py-6 sm:px-10">
        <div className="flex items-center gap-2.5">
          <Logo className="size-7" />
          <span className="text-base font-semibold">AI CRM</span>
          <div className="ml-auto">
            <LanguageSwitch />
          </div>
        </div>
        <div className="m-auto flex w-full max-w-sm flex-col gap-6 py-10">
          <div className="flex flex-col gap-1">
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            <p className="text-base text-muted">{text}</p>
          </div>
          {children}
        </div>
      </main>
      <aside className="hidden flex-col justify-center gap-8 border-l border-line bg-canvas p-12 lg:flex">
        <p className="max-w-xs text-[1.75rem] leading-9 font-semibold tracking-tight text-balance">{t('auth.tagline')}</p>
        <Points />
      </aside>
    </div>
  )
}
