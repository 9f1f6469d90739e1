// Runs before the first paint, so that nobody in the dark is flashed. Keys: src/lib/theme/theme.ts, src/lib/i18n/locale.ts.
;(() => {
  const root = document.documentElement
  const read = (key) => {
    try {
      return localStorage.getItem(key)
    } catch {
      return null // storage is blocked: the system's preference decides
    }
  }
  const theme = read('ai-crm.theme') ?? 'system'
  const isDark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches)
  root.dataset.theme = isDark ? 'dark' : 'light'
  root.lang = read('ai-crm.locale') ?? read('ai-crm.account-locale') ?? (navigator.language.startsWith('ru') ? 'ru' : 'en')
})()
