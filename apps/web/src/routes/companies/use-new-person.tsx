import { useState, type ReactNode } from 'react'
import { NewContactDialog } from '../../features/crm/contacts/new-contact-dialog.tsx'

/** The dialog that makes a contact of a company; they appear in its list of people. */
export function useNewPerson(): { open: (companyId: string) => void; dialog: ReactNode } {
  const [companyId, setCompanyId] = useState<string | null>(null)
  const close = () => setCompanyId(null)
  return {
    open: setCompanyId,
    dialog: companyId !== null && <NewContactDialog isOpen companyId={companyId} onClose={close} onCreated={close} />,
  }
}
