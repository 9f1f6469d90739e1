export const person = {
  channels: { email: 'E-mail', telegram: 'Telegram', phone: 'Phone' },
  consents: { unknown: 'Not known', given: 'Given', withdrawn: 'Withdrawn' },
  since: 'Since',
  consentSource: 'Said by',
  consentNote: 'Remark',
  timeThere: '{{time}} there',
  nightThere: '{{time}} there: night',
  withdrawnTitle: 'Consent withdrawn',
  withdrawnText: 'Do not write or call unless they ask for it themselves.',
}
