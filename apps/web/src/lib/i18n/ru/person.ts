export const person = {
  channels: { email: 'Почта', telegram: 'Telegram', phone: 'Телефон' },
  consents: { unknown: 'Неизвестно', given: 'Дано', withdrawn: 'Отозвано' },
  since: 'С какого дня',
  consentSource: 'Как сообщил',
  consentNote: 'Пояснение',
  timeThere: 'Там {{time}}',
  nightThere: 'Там {{time}}, ночь',
  withdrawnTitle: 'Согласие отозвано',
  withdrawnText: 'Не пишите и не звоните, пока человек сам об этом не попросит.',
}
