import type { Channel } from '@ai-crm/contracts'
import { Mails } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { EmptyState } from '../../../ui/states.tsx'
import { curlCommand } from '../../../lib/mail/first-email-command.ts'

/** The empty inbox of a new organisation: where to write, and a command that does it. */
export function FirstEmail({ channel }: { channel: Channel }) {
  const { t } = useTranslation()
  const { address, smtpPort } = channel
  const host = location.hostname
  return (
    <EmptyState icon={<Mails />} title={t('inbox.first.title')} text={t('inbox.first.text')}>
      <CopyBlock text={address} label={t('inbox.first.address')} />
      {smtpPort !== null && (
        <>
          <p className="mt-2 text-xs text-faint">{t('inbox.first.command')}</p>
          <CopyBlock
            label={t('inbox.first.command')}
            text={curlCommand({ host, port: smtpPort, to: address, subject: t('inbox.first.sampleSubject'), text: t('inbox.first.sampleText') })}
          />
          <p className="text-xs text-faint">{t('inbox.first.commandText', { host, port: smtpPort })}</p>
        </>
      )}
    </EmptyState>
  )
}
