export const bulk = {
  select: 'Выбрать: {{name}}',
  selectLoaded: 'Выбрать все загруженные строки',
}
