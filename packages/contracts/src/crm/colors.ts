/** What tags and options can be coloured with: names, so that every theme has its own shades of them. */
export const COLORS = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink'] as const
