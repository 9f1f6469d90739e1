/** Saves what a link answers, without holding it: the link carries its own, short authority. */
export const saveFrom = (path: string): void => Object.assign(document.createElement('a'), { href: path, download: '' }).click()

/** Offers bytes for saving under a name. A plain link cannot fetch them: the token travels in a header. */
export function saveFile(bytes: Blob, fileName: string): void {
  const url = URL.createObjectURL(bytes)
  Object.assign(document.createElement('a'), { href: url, download: fileName }).click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
