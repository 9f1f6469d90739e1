import type { SignInPolicy } from '@ai-crm/contracts'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/api/api.ts'
import { Section } from '../../../ui/page.tsx'
import { ProblemNote } from '../../../ui/problem.tsx'
import { Switch } from '../../../ui/switch.tsx'
import { policyQuery } from './queries.ts'
import { useSsoCommand } from './use-sso-command.ts'

interface PolicySwitchProps {
  /** Which of the two rules. */
  rule: keyof SignInPolicy
  title: string
  text: string
  label: string
  hint: string
  on: string
  off: string
}

/** One rule about how everybody signs in, for who may decide it. */
export function PolicySwitch({ rule, title, text, label, hint, on, off }: PolicySwitchProps) {
  const { data, error, refetch } = useQuery(policyQuery)
  const isOn = data?.[rule] ?? false
  const set = useSsoCommand({ run: (policy: SignInPolicy) => api.auth.setSignInPolicy({ body: policy }), done: isOn ? off : on })
  return (
    <Section title={title} text={text}>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {set.error && <ProblemNote error={set.error} />}
      <Switch label={label} hint={hint} isOn={isOn} isDisabled={!data || set.isPending} onChange={(value) => data && set.mutate({ ...data, [rule]: value })} />
    </Section>
  )
}

export function EnforcementSection() {
  const { t } = useTranslation()
  return (
    <PolicySwitch
      rule="isSsoEnforced"
      title={t('sso.policy.title')}
      text={t('sso.policy.text')}
      label={t('sso.policy.enforce')}
      hint={t('sso.policy.enforceHint')}
      on={t('sso.policy.enforced')}
      off={t('sso.policy.notEnforced')}
    />
  )
}

export function SecondFactorForAllSection() {
  const { t } = useTranslation()
  return (
    <PolicySwitch
      rule="isSecondFactorRequired"
      title={t('sso.secondFactor.title')}
      text={t('sso.secondFactor.text')}
      label={t('sso.secondFactor.require')}
      hint={t('sso.secondFactor.requireHint')}
      on={t('sso.secondFactor.required')}
      off={t('sso.secondFactor.notRequired')}
    />
  )
}
