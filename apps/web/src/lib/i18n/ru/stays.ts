export const stays = {
  title: 'История этапов',
  stillHere: 'сейчас здесь',
  minutes: '{{count}} мин',
  hours: '{{count}} ч',
  days: '{{count}} дн.',
  outcomes: { advanced: 'Дальше', 'moved-back': 'Назад', won: 'Выиграна', lost: 'Проиграна', 'handed-off': 'Передана', deleted: 'Удалена' },
}
