import { useTranslation } from 'react-i18next'
import { NotesSection } from '../../features/ai/notes/notes-section.tsx'
import { AiSettingsSection } from '../../features/ai/settings/ai-settings-section.tsx'
import { SwitchedOffNote } from '../../ui/switched-off-note.tsx'
import { PageTitle } from '../../ui/page.tsx'

export function AiPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageTitle title={t('ai.title')} text={t('ai.text')} />
      <SwitchedOffNote flag="ai-drafts" className="mb-6" />
      <AiSettingsSection />
      <NotesSection />
    </>
  )
}
