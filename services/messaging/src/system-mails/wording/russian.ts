import { russianAccess } from './russian-access.ts'
import { device, NOT_YOU, when } from './russian-parts.ts'
import { open, secret } from './parts.ts'
import type { Wordings } from './wording.ts'

const PLACES = { file: 'Вредоносный файл в карточке', message: 'Вредоносное вложение в письме', import: 'Вредоносный файл для импорта' } as const

export const russian: Wordings = {
  ...russianAccess,
  'verify-email': ({ name, organizationName, link, expiresAt }) => ({
    subject: 'Подтвердите адрес почты',
    heading: `Добро пожаловать, ${name}`,
    paragraphs: [`Подтвердите, что это ваш адрес, — и «${organizationName}» готова к работе.`],
    facts: [['Ссылка действует до', when(expiresAt)]],
    action: secret('Подтвердить и открыть', link),
    closing: 'Если вы не регистрировались, не обращайте внимания на это письмо: без ссылки ничего не создаётся.',
  }),
  'sign-up-with-existing-account': ({ link, resetLink }) => ({
    subject: 'У вас уже есть учётная запись',
    heading: 'У вас уже есть учётная запись',
    paragraphs: [
      'Кто-то, скорее всего вы, хотел завести с этим адресом новую учётную запись. Она уже есть — просто войдите.',
      `Забыли пароль? Задайте новый: ${resetLink}`,
    ],
    facts: [],
    action: open('Войти', link),
    closing: 'Если это были не вы, делать ничего не нужно: ничего не изменилось.',
  }),
  'reset-password': ({ name, link, expiresAt }) => ({
    subject: 'Новый пароль',
    heading: 'Задайте новый пароль',
    paragraphs: [`Здравствуйте, ${name}! Кто-то, скорее всего вы, забыл ваш пароль. По ссылке можно задать новый; все сеансы при этом завершатся.`],
    facts: [['Ссылка сработает один раз, до', when(expiresAt)]],
    action: secret('Задать новый пароль', link),
    closing: 'Если это были не вы, не обращайте внимания на это письмо: пароль останется прежним.',
  }),
  'sign-in-by-sso': ({ name, link, resetLink, expiresAt }) => ({
    subject: 'Войдите через единый вход',
    heading: 'Пароль не нужен',
    paragraphs: [
      `Здравствуйте, ${name}! Кто-то, скорее всего вы, забыл ваш пароль. В вашей организации входят через единый вход: выберите его на странице входа и укажите этот адрес.`,
      `Пароль открывает только другие организации, в которых вы состоите, и вашу, если вы её владелец. Задать новый: ${resetLink}`,
    ],
    facts: [['Ссылка на новый пароль сработает один раз, до', when(expiresAt)]],
    action: open('Войти', link),
    closing: 'Если это были не вы, не обращайте внимания на это письмо: ничего не изменилось.',
  }),
  'password-changed': ({ name, at, device: by, link }) => ({
    subject: 'Ваш пароль изменён',
    heading: 'Ваш пароль изменён',
    paragraphs: [`Здравствуйте, ${name}! Теперь у вас новый пароль. Остальные ваши сеансы завершены.`],
    facts: [['Когда', when(at)], ...device(by)],
    action: open('Это был не я', link),
    closing: 'Если это были вы, делать ничего не нужно.',
  }),
  'confirm-new-email': ({ name, link, expiresAt }) => ({
    subject: 'Подтвердите новый адрес почты',
    heading: 'Подтвердите новый адрес почты',
    paragraphs: [`Здравствуйте, ${name}! После подтверждения вы будете входить с этим адресом.`],
    facts: [['Ссылка сработает один раз, до', when(expiresAt)]],
    action: secret('Подтвердить адрес', link),
    closing: 'Если вы об этом не просили, не обращайте внимания на это письмо: ничего не изменится.',
  }),
  'email-changed': ({ name, newEmail, link, expiresAt }) => ({
    subject: 'Адрес вашей учётной записи изменён',
    heading: 'Адрес вашей учётной записи изменён',
    paragraphs: [
      `Здравствуйте, ${name}! Этот адрес больше не относится к вашей учётной записи.`,
      'Если это были не вы, отмените замену: прежний адрес вернётся, все сеансы завершатся, и вы зададите новый пароль.',
    ],
    facts: [
      ['Новый адрес', newEmail],
      ['Отменить можно до', when(expiresAt)],
    ],
    action: secret('Отменить замену', link),
    closing: 'Если это были вы, делать ничего не нужно.',
  }),
  'session-reuse-detected': ({ name, at, device: on, link }) => ({
    subject: 'Мы завершили ваш сеанс',
    heading: 'Мы завершили ваш сеанс',
    paragraphs: [
      `Здравствуйте, ${name}! Кто-то повторно использовал вход, который уже был заменён. Его могли скопировать, поэтому мы завершили этот сеанс везде.`,
    ],
    facts: [['Когда', when(at)], ...device(on)],
    action: open('Войти и посмотреть сеансы', link),
    closing: 'Если вы не знаете, почему это могло произойти, смените пароль.',
  }),
  'new-device-sign-in': ({ name, at, device: on, place, link }) => ({
    subject: 'Новый вход в вашу учётную запись',
    heading: 'Новый вход в вашу учётную запись',
    paragraphs: [`Здравствуйте, ${name}! В вашу учётную запись вошли с устройства, которого мы раньше не видели.`],
    facts: [['Когда', when(at)], ...device(on), ...(place === null ? [] : ([['Откуда', place]] as const))],
    action: open('Посмотреть сеансы', link),
    closing: `Если это были вы, делать ничего не нужно. ${NOT_YOU}`,
  }),
  invitation: ({ organizationName, inviterName, roleName, link, expiresAt }) => ({
    subject: `${inviterName} приглашает вас в «${organizationName}»`,
    heading: `Приглашение в «${organizationName}»`,
    paragraphs: [`${inviterName} приглашает вас работать вместе в AI CRM.`],
    facts: [
      ['Ваша роль', roleName],
      ['Приглашение действует до', when(expiresAt)],
    ],
    action: secret('Принять приглашение', link),
    closing: 'Если вы не знаете отправителя, не обращайте внимания на это письмо.',
  }),
  'organization-deletion-scheduled': ({ name, organizationName, requestedBy, deletesAt, link }) => ({
    subject: `«${organizationName}» будет удалена`,
    heading: `«${organizationName}» будет удалена`,
    paragraphs: [`Здравствуйте, ${name}! ${requestedBy} просит удалить организацию со всем содержимым. До этого всё можно выгрузить, а удаление — отменить.`],
    facts: [['Удаление', when(deletesAt)]],
    action: open('Выгрузить или сохранить', link),
    closing: '',
  }),
  'organization-export-requested': ({ name, organizationName, requestedBy, at, link }) => ({
    subject: `Выгружается всё содержимое организации ${organizationName}`,
    heading: `Идёт выгрузка организации ${organizationName}`,
    paragraphs: [
      `Здравствуйте, ${name}! ${requestedBy} запускает выгрузку всего, что есть в организации ${organizationName}: контактов, переписки с вложениями, настроек, журналов.`,
      'Письмо получают все владельцы. Любой владелец может отменить выгрузку.',
    ],
    facts: [['Время запуска', when(at)]],
    action: open('Посмотреть выгрузку', link),
    closing: 'Если выгрузки быть не должно, отмените её и спросите другого владельца.',
  }),
  'organization-export-ready': ({ name, organizationName, requestedBy, deletesAt, link }) => ({
    subject: `Выгрузка организации ${organizationName} готова`,
    heading: 'Выгрузка готова',
    paragraphs: [
      `Здравствуйте, ${name}! Архив организации ${organizationName} можно скачать (кто запросил: ${requestedBy}). Это могут только владельцы, после входа.`,
    ],
    facts: [['Архив будет удалён', when(deletesAt)]],
    action: open('Скачать', link),
    closing: 'Ссылка ведёт в настройки: без входа владельца она бесполезна.',
  }),
  'organization-setup-failed': ({ name, organizationName, link }) => ({
    subject: `Не удалось подготовить «${organizationName}»`,
    heading: `Не удалось подготовить «${organizationName}»`,
    paragraphs: [
      `Здравствуйте, ${name}! Часть системы не ответила вовремя, поэтому всё начатое отменено. От него ничего не осталось, и платить ни за что не нужно.`,
      'Попробуйте ещё раз: о сбое мы знаем.',
    ],
    facts: [],
    action: open('Начать заново', link),
    closing: '',
  }),
  'domain-failing': ({ name, organizationName, domain, recordName, recordValue, lapsesAt, link }) => ({
    subject: `Домен ${domain} больше не подтверждён для «${organizationName}»`,
    heading: `Запись домена ${domain} пропала`,
    paragraphs: [
      `Здравствуйте, ${name}! Единый вход организации «${organizationName}» для адресов ${domain} опирается на TXT-запись, которой больше нет.`,
      'Верните её, и ничего не изменится. Иначе новые люди с этим доменом через единый вход не придут, и обязательным он не будет: снова подойдут пароли.',
    ],
    facts: [
      ['Имя записи', recordName],
      ['Значение', recordValue],
      ['Вернуть до', when(lapsesAt)],
    ],
    action: open('Посмотреть домен', link),
    closing: '',
  }),
  'domain-lapsed': ({ name, organizationName, domain, link }) => ({
    subject: `Домен ${domain} больше не подтверждён для «${organizationName}»`,
    heading: `Домен ${domain} больше не подтверждён`,
    paragraphs: [
      `Здравствуйте, ${name}! TXT-записи домена ${domain} не было слишком долго, поэтому для таких адресов единый вход организации «${organizationName}» больше не обязателен, и новые люди через него не приходят.`,
      'Доступ никто не потерял: кто входил через вашего поставщика раньше, входит по-прежнему, подходят и пароли. Подтвердите домен снова, и всё станет как раньше.',
    ],
    facts: [],
    action: open('Подтвердить снова', link),
    closing: '',
  }),
  'task-reminder': ({ name, organizationName, title, dueAt, link }) => ({
    subject: `Напоминание: ${title}`,
    heading: title,
    paragraphs: [`Здравствуйте, ${name}! Вы просили напомнить об этой задаче. Она ещё не выполнена.`],
    facts: [['Организация', organizationName], ...(dueAt === null ? [] : ([['Срок', when(dueAt)]] as const))],
    action: open('Открыть задачу', link),
    closing: '',
  }),
  'note-mention': ({ name, organizationName, writtenBy, link }) => ({
    subject: `Вас упомянули в заметке: ${writtenBy}`,
    heading: 'Вас упомянули в заметке',
    paragraphs: [`Здравствуйте, ${name}! ${writtenBy} хочет, чтобы вы прочли заметку о записи организации «${organizationName}».`],
    facts: [],
    action: open('Прочитать заметку', link),
    closing: 'Заметка откроется, если вам видна запись, к которой она относится.',
  }),
  'malware-found': ({ name, organizationName, where, finding, at, link }) => ({
    subject: `В организации «${organizationName}» найден вредоносный файл`,
    heading: PLACES[where],
    paragraphs: [
      `Здравствуйте, ${name}! Сканер нашёл вредоносный файл. Он сохранён, и больше его никто не получит. Если файл раньше считался чистым, узнайте, кто успел его скачать.`,
      'Мы пишем не чаще раза в час. Всё найденное есть в журнале безопасности.',
    ],
    facts: [
      ['Организация', organizationName],
      ['Найдено', finding],
      ['Когда', when(at)],
    ],
    action: open('Посмотреть', link),
    closing: 'Вы получили это письмо, потому что можете читать журнал безопасности этой организации.',
  }),
  'webhook-disabled': ({ name, organizationName, url, reason, failingSince, link }) => ({
    subject: `Вебхук организации «${organizationName}» отключён`,
    heading: 'Вебхук отключён',
    paragraphs: [
      reason === 'gone'
        ? `${name}, приёмник ответил 410: он сообщает, что его больше нет. Поэтому мы больше ничего на него не отправляем.`
        : `${name}, за три дня приёмник ни разу не ответил успешно, и мы перестали его вызывать.`,
      'Посмотрите, что он ответил, исправьте его или измените адрес и снова включите вебхук. Недоставленное можно будет отправить ещё раз; события за время отключения для него не сохраняются.',
    ],
    facts: [['Организация', organizationName], ['Адрес', url], ...(failingSince === null ? [] : ([['Сбои начались', when(failingSince)]] as const))],
    action: open('Посмотреть доставки', link),
    closing: 'Вы получили это письмо, потому что можете управлять вебхуками этой организации.',
  }),
}
