/** The text of a form's field, trimmed except for passwords; an absent one is empty. */
export function formText(form: FormData, name: string): string {
  const value = form.get(name)
  if (typeof value !== 'string') return ''
  return /password$/i.test(name) ? value : value.trim()
}

/** The same, where an empty field means "none". */
export const formTextOrNull = (form: FormData, name: string): string | null => formText(form, name) || null
