import { Command } from 'cmdk'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paletteOpen } from '../../lib/open-store.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { RecordResults } from './palette-records.tsx'
import { usePaletteCommands, type PaletteCommand } from './use-palette-commands.tsx'

const item =
  'flex min-h-9 items-center gap-3 rounded-lg px-2.5 text-sm select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted'
const heading =
  '[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-faint'

function CommandGroup({ title, commands, onDone }: { title: string; commands: readonly PaletteCommand[]; onDone: () => void }) {
  return (
    <Command.Group heading={title} className={heading}>
      {commands.map(({ label, icon, keys, run }) => (
        <Command.Item
          key={label}
          value={label}
          className={item}
          onSelect={() => {
            onDone()
            run()
          }}
        >
          {icon}
          <span className="flex-1">{label}</span>
          {keys && <Kbd keys={keys} />}
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function Palette({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation()
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState('')
  const { here, pages, actions, settings } = usePaletteCommands()
  return (
    <Command label={t('palette.title')} loop value={selected} onValueChange={setSelected} className="flex min-h-0 flex-col">
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder={t('palette.placeholder')}
        className="h-12 shrink-0 border-b border-line bg-transparent px-4 text-base outline-none placeholder:text-faint"
      />
      <Command.List className="max-h-[min(24rem,55dvh)] overflow-y-auto px-1.5 pb-1.5">
        <RecordResults query={query.trim()} itemClass={item} groupClass={heading} onFound={setSelected} onDone={onDone} />
        {here.length > 0 && <CommandGroup title={t('shortcuts.groups.record')} commands={here} onDone={onDone} />}
        <CommandGroup title={t('palette.go')} commands={pages} onDone={onDone} />
        <CommandGroup title={t('palette.actions')} commands={actions} onDone={onDone} />
        <CommandGroup title={t('nav.settings')} commands={settings} onDone={onDone} />
      </Command.List>
    </Command>
  )
}

/** Ctrl+K: every page, every action, every contact and conversation. */
export function CommandPalette() {
  const { t } = useTranslation()
  const isOpen = paletteOpen.use()
  const close = () => paletteOpen.set(false)
  return (
    <Dialog title={t('palette.title')} isTitleHidden shape="palette" isOpen={isOpen} onClose={close}>
      <Palette onDone={close} />
    </Dialog>
  )
}
