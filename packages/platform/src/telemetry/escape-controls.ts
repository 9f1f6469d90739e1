/** Characters that could begin a line of their own or steer a terminal. JSON leaves those beyond ASCII as they are. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROLS = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]/g

/** Writes control characters as `\u000a`, which is also how JSON would: a logged value cannot forge a line. */
export const escapeControls = (text: string): string => text.replaceAll(CONTROLS, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
