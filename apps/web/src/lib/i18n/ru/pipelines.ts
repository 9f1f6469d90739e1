export const pipelines = {
  title: 'Воронки',
  one: 'Воронка',
  first: 'Продажи',
  former: 'Прежняя воронка',
  formerStage: 'Прежний этап',
  stageOf: '{{pipeline}} · {{stage}}',
  kinds: { open: 'Открытый', won: 'Успех', lost: 'Отказ' },
  obstacles: {
    'required-field': 'Не заполнено: {{detail}}.',
    'not-from-here': 'На этот этап переходят только отсюда: {{detail}}.',
    'not-this-role': 'Ваша роль не позволяет переводить сделки на этот этап.',
    'stage-full': 'Места нет: здесь может стоять не больше сделок, чем {{detail}}.',
    'open-task': 'Сначала завершите задачу «{{detail}}».',
    'stage-retired': 'Этап удаляется: новые сделки сюда не попадают.',
  },
}
