export const listExport = {
  label: 'Выгрузить список',
  busy: 'Файл готовится',
  columns: 'Что войдёт в файл',
  which: { all: 'Все поля', shown: 'Только видимые столбцы' },
  formats: { csv: 'CSV', xlsx: 'Таблица Excel (XLSX)', json: 'Файл JSON', ndjson: 'JSON, запись на строке' },
  fileName: '{{list}}.{{format}}',
  lists: { contact: 'контакты', company: 'компании', deal: 'сделки' },
  done: 'Список выгружен.',
}
