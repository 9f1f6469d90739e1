import { DraftLength, Tone } from '@ai-crm/contracts'
import { ChevronDown, RefreshCw } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonKind } from '../../../ui/button.tsx'
import { Menu, MenuItem, MenuLabel, MenuLine } from '../../../ui/menu.tsx'
import type { DraftWish } from './use-draft-decisions.ts'

interface RegenerateMenuProps {
  kind: ButtonKind
  isBusy: boolean
  onChoose: (wish: DraftWish) => void
  trigger: Ref<HTMLButtonElement>
}

/** Once more, or once more in another tone or length. */
export function RegenerateMenu({ kind, isBusy, onChoose, trigger: ref }: RegenerateMenuProps) {
  const { t } = useTranslation()
  const trigger = (
    <Button ref={ref} kind={kind} icon={<RefreshCw />} isBusy={isBusy}>
      <span className="@max-xl:sr-only">{t('draft.regenerate')}</span>
      <ChevronDown className="-mr-1 size-3.5! opacity-70" />
    </Button>
  )
  return (
    <Menu trigger={trigger} label={t('draft.regenerate')}>
      <MenuItem icon={<RefreshCw />} onSelect={() => onChoose({})}>
        {t('draft.regenerate')}
      </MenuItem>
      <MenuLine />
      <MenuLabel>{t('draft.tone')}</MenuLabel>
      {Tone.options.map((tone) => (
        <MenuItem key={tone} onSelect={() => onChoose({ tone })}>
          {t(`draft.tones.${tone}`)}
        </MenuItem>
      ))}
      <MenuLabel>{t('draft.length')}</MenuLabel>
      {DraftLength.options.map((length) => (
        <MenuItem key={length} onSelect={() => onChoose({ length })}>
          {t(`draft.lengths.${length}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}
