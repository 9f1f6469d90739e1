import { useTranslation } from 'react-i18next'
import { shortcutSheetOpen } from '../../lib/open-store.ts'
import { useActiveShortcuts, type Shortcut } from '../../lib/shortcuts/registry.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'

const groups = ['general', 'go', 'list', 'record', 'conversation'] as const

function distinct(shortcuts: readonly Shortcut[]): Shortcut[] {
  return [...new Map(shortcuts.map((shortcut) => [shortcut.keys, shortcut])).values()]
}

/** Every shortcut that works on the page behind it. */
export function ShortcutSheet() {
  const { t } = useTranslation()
  const isOpen = shortcutSheetOpen.use()
  const shortcuts = distinct(useActiveShortcuts())
  return (
    <Dialog title={t('shortcuts.title')} isOpen={isOpen} onClose={() => shortcutSheetOpen.set(false)}>
      <div className="columns-1 gap-8 overflow-y-auto px-5 pb-5 sm:columns-2">
        {groups.map((group) => {
          const members = shortcuts.filter((shortcut) => shortcut.group === group)
          if (members.length === 0) return null
          return (
            <section key={group} className="mb-5 break-inside-avoid">
              <h3 className="mb-1.5 text-2xs font-medium text-faint">{t(`shortcuts.groups.${group}`)}</h3>
              <dl>
                {members.map(({ keys, label }) => (
                  <div key={keys} className="flex min-h-7 items-center justify-between gap-3">
                    <dt className="text-sm">{label}</dt>
                    <dd>
                      <span className="sr-only">{keys}</span>
                      <Kbd keys={keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
      </div>
    </Dialog>
  )
}
