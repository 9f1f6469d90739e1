export const bulk = {
  select: 'Select {{name}}',
  selectLoaded: 'Select all rows that are loaded',
}
