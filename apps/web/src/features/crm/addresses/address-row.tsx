import { Copy, Ellipsis, Mail, Pencil, Phone, Send, Star, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../ui/button.tsx'
import { Menu, MenuItem, MenuLine } from '../../../ui/menu.tsx'
import { showToast } from '../../../ui/toast-store.ts'
import { Tooltip } from '../../../ui/tooltip.tsx'
import type { Address, AddressKind, AddressList } from './address-kinds.ts'
import { labelName } from './label.ts'

const icons = { emails: Mail, phones: Phone, telegrams: Send } as const

interface AddressRowProps<List extends AddressList> {
  kind: AddressKind<List>
  name: string
  address: Address<List>
  isPrimary: boolean
  isOnly: boolean
  canUpdate: boolean
  onEdit: () => void
  onPrimary: () => void
  onRemove: () => void
}

/** One address: pressed, it is changed; what else can be done with it is behind it. */
export function AddressRow<List extends AddressList>(props: AddressRowProps<List>) {
  const { kind, name, address, isPrimary, isOnly, canUpdate, onEdit, onPrimary, onRemove } = props
  const { t } = useTranslation()
  const shown = kind.shownAs(address)
  const copy = () =>
    void navigator.clipboard?.writeText(shown).then(
      () => showToast({ kind: 'done', text: t('addresses.copied', { address: shown }) }),
      () => undefined,
    )
  return (
    <li className="flex items-start">
      <button
        type="button"
        disabled={!canUpdate}
        aria-label={t('records.editField', { field: `${name}: ${shown}` })}
        onClick={onEdit}
        className="-ml-1 flex min-h-7.5 min-w-0 flex-1 flex-wrap items-center gap-x-2 rounded-md px-2 py-1 text-left enabled:hover:bg-hover"
      >
        <span className="min-w-0 break-words">
          <Breakable text={shown} />
        </span>
        {address.label && <span className="text-xs text-faint">{labelName(address.label, t)}</span>}
        {isPrimary && !isOnly && <span className="text-xs text-faint">{t('addresses.primary')}</span>}
        {kind.list === 'phones' && !kind.hrefOf(address) && <span className="text-xs text-warn">{t('addresses.cannotDial')}</span>}
      </button>
      <OpenLink kind={kind} href={kind.hrefOf(address)} shown={shown} />
      <Menu
        label={t('addresses.actionsOf', { address: shown })}
        trigger={
          <IconButton label={t('addresses.actionsOf', { address: shown })} className="size-7.5!">
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem icon={<Copy />} onSelect={copy}>
          {t('addresses.copy')}
        </MenuItem>
        {canUpdate && (
          <>
            <MenuItem icon={<Pencil />} onSelect={onEdit}>
              {t('addresses.edit')}
            </MenuItem>
            {!isPrimary && (
              <MenuItem icon={<Star />} onSelect={onPrimary}>
                {t('addresses.makePrimary')}
              </MenuItem>
            )}
            <MenuLine />
            <MenuItem icon={<Trash2 />} isDanger onSelect={onRemove}>
              {t('addresses.remove')}
            </MenuItem>
          </>
        )}
      </Menu>
    </li>
  )
}

function OpenLink({ kind, href, shown }: { kind: { readonly list: AddressList }; href: string | null; shown: string }) {
  const { t } = useTranslation()
  if (href === null) return null
  const Icon = icons[kind.list]
  const label = t(`addresses.open.${kind.list}`, { address: shown })
  return (
    <Tooltip text={label}>
      <a
        href={href}
        aria-label={label}
        rel="noopener noreferrer nofollow"
        {...(kind.list === 'telegrams' ? { target: '_blank' } : {})}
        className="flex size-7.5 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <Icon aria-hidden className="size-3.5" />
      </a>
    </Tooltip>
  )
}

/** A mail address breaks before what it has in common with others. */
function Breakable({ text }: { text: string }) {
  const at = text.lastIndexOf('@')
  if (at < 1) return text
  return (
    <>
      {text.slice(0, at)}
      <wbr />
      {text.slice(at)}
    </>
  )
}
