import { Download } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../../../lib/api/save-file.ts'
import { Button } from '../../../ui/button.tsx'
import { CopyBlock } from '../../../ui/copy-block.tsx'
import { Dialog, DialogActions, DialogBody } from '../../../ui/dialog.tsx'

/** Shown once: nobody, we included, can show them again. */
export function RecoveryCodesDialog({ codes, onClose }: { codes: readonly string[] | null; onClose: () => void }) {
  const { t } = useTranslation()
  const text = codes?.join('\n') ?? ''
  return (
    <Dialog title={t('factors.codes.dialogTitle')} isOpen={codes !== null} onClose={onClose}>
      <DialogBody>
        <p className="text-muted">{t('factors.codes.dialogText')}</p>
        <CopyBlock text={text} label={t('factors.codes.title')} />
      </DialogBody>
      <DialogActions>
        <Button icon={<Download />} onClick={() => saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), 'ai-crm-recovery-codes.txt')}>
          {t('factors.codes.download')}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {t('factors.codes.kept')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}
