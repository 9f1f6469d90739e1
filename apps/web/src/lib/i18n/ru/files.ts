export const files = {
  heading: 'Файлы',
  add: 'Перетащите файлы сюда или выберите их',
  none: 'Файлов пока нет.',
  download: 'Скачать {{name}}',
  delete: 'Удалить {{name}}',
  deleting: 'Файл {{name}} будет удалён.',
  kept: 'Файл остаётся.',
  uploading: 'Загружается {{name}}',
  sent: '{{sent}} из {{size}}',
  retry: 'Отправить {{name}} ещё раз',
  stop: 'Остановить {{name}}',
  refused: 'Не добавлено: {{names}}. В файле должен быть хотя бы один байт и не больше {{size}}.',
}
