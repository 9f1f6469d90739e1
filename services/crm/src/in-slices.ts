/** JSON arrays of rows for `jsonb_to_recordset`: each stays well below what the driver takes as one parameter, however many rows there are. */
export function* inSlices(items: readonly object[]): Generator<string> {
  let [texts, length] = [new Array<string>(), 0]
  for (const item of items) {
    const text = JSON.stringify(item)
    if (texts.length > 0 && length + text.length > 400_000) {
      yield `[${texts.join(',')}]`
      ;[texts, length] = [[], 0]
    }
    texts.push(text)
    length += text.length
  }
  if (texts.length > 0) yield `[${texts.join(',')}]`
}
