import { device, NOT_YOU, when } from './russian-parts.ts'
import { open, secret } from './parts.ts'
import type { Wordings } from './wording.ts'

const FACTORS = { totp: 'Приложение-аутентификатор', passkey: 'Ключ доступа', 'recovery-codes': 'Резервные коды' } as const
const ACCESS = {
  'api-key': { heading: 'Новый ключ API', what: 'Ключ', says: 'У кого есть этот ключ, тот читает и меняет всё, что он разрешает, не входя в систему.' },
  webhook: { heading: 'Новый вебхук', what: 'Адрес', says: 'О том, что происходит в организации, теперь сообщается на этот адрес.' },
  'webhook-address': {
    heading: 'Вебхук ведёт на другой адрес',
    what: 'Новый адрес',
    says: 'О том, что происходит в организации, теперь сообщается на другой адрес.',
  },
} as const

type Access = 'factor-added' | 'factor-removed' | 'factor-reset-scheduled' | 'factors-reset' | 'identity-linked' | 'identity-unlinked' | 'access-opened'

/** What opens an account or an organisation, and what does so no more. */
export const russianAccess: Pick<Wordings, Access> = {
  'factor-added': ({ name, at, factor, device: on, link }) => ({
    subject: 'Добавлен способ подтверждения входа',
    heading: `Добавлено: ${FACTORS[factor].toLowerCase()}`,
    paragraphs: [`Здравствуйте, ${name}! У вашей учётной записи появился ещё один способ подтвердить, что это вы.`],
    facts: [['Когда', when(at)], ...device(on)],
    action: open('Открыть настройки безопасности', link),
    closing: NOT_YOU,
  }),
  'factor-removed': ({ name, at, factor, device: on, link }) => ({
    subject: 'Удалён способ подтверждения входа',
    heading: `Удалено: ${FACTORS[factor].toLowerCase()}`,
    paragraphs: [`Здравствуйте, ${name}! У вашей учётной записи стало на один способ подтверждения меньше.`],
    facts: [['Когда', when(at)], ...device(on)],
    action: open('Открыть настройки безопасности', link),
    closing: NOT_YOU,
  }),
  'factor-reset-scheduled': ({ name, requestedBy, resetsAt, link }) => ({
    subject: 'Ваши вторые факторы будут сняты',
    heading: 'Вы потеряли вторые факторы?',
    paragraphs: [
      `Здравствуйте, ${name}! ${requestedBy} сообщает, что вы потеряли все вторые факторы и больше не можете войти.`,
      'Когда срок истечёт, приложение-аутентификатор, ключи доступа и резервные коды перестанут действовать, все ваши сеансы завершатся, а для входа хватит пароля. Если до этого воспользоваться одним из них, сброс тоже не состоится.',
    ],
    facts: [
      ['Кто попросил', requestedBy],
      ['Будут сняты', when(resetsAt)],
    ],
    action: secret('Оставить вторые факторы', link),
    closing: 'Если вы сами об этом просили, делать ничего не нужно. Если нет, оставьте их сейчас и сообщите администратору.',
  }),
  'factors-reset': ({ name, at, link }) => ({
    subject: 'Ваши вторые факторы сняты',
    heading: 'Теперь для входа хватает пароля',
    paragraphs: [
      `Здравствуйте, ${name}! Как и было объявлено, приложение-аутентификатор, ключи доступа и резервные коды больше не действуют. Все сеансы завершены.`,
    ],
    facts: [['Когда', when(at)]],
    action: open('Войти и добавить второй фактор', link),
    closing: NOT_YOU,
  }),
  'identity-linked': ({ name, at, provider, account, device: on, link }) => ({
    subject: `Теперь в вашу учётную запись можно войти через ${provider}`,
    heading: `Подключено: ${provider}`,
    paragraphs: [`Здравствуйте, ${name}! Кто войдёт в ${provider} как ${account}, попадёт в вашу учётную запись без её пароля.`],
    facts: [['Когда', when(at)], ...device(on)],
    action: open('Открыть настройки безопасности', link),
    closing: `Если это были вы, делать ничего не нужно. ${NOT_YOU} Незнакомый способ входа там же можно отключить; если это вход вашей организации, спросите её администратора.`,
  }),
  'identity-unlinked': ({ name, at, provider, account, device: on, link }) => ({
    subject: `Войти через ${provider} больше нельзя`,
    heading: `Отключено: ${provider}`,
    paragraphs: [`Здравствуйте, ${name}! Учётная запись ${account} в ${provider} больше не открывает вашу. Сеансы, начатые через неё, завершены.`],
    facts: [['Когда', when(at)], ...device(on)],
    action: open('Открыть настройки безопасности', link),
    closing: `Если это были вы, делать ничего не нужно. ${NOT_YOU}`,
  }),
  'access-opened': ({ name, organizationName, kind, what, doneBy, at, link }) => ({
    subject: `${ACCESS[kind].heading} в организации «${organizationName}»`,
    heading: ACCESS[kind].heading,
    paragraphs: [`Здравствуйте, ${name}! ${ACCESS[kind].says}`],
    facts: [
      ['Организация', organizationName],
      [ACCESS[kind].what, what],
      ['Кто это сделал', doneBy],
      ['Когда', when(at)],
    ],
    action: open('Посмотреть', link),
    closing:
      'Вы получили это письмо, потому что владеете этой организацией или потому что это сделано от вашего имени. Если этого не должно было быть, отключите доступ там же и выясните, кто его открыл.',
  }),
}
