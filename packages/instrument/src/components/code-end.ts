/**
 * Where an expression in braces ends: offset of its closing brace, or of the end of the text.
 *
 * @param from offset behind the opening brace
 */
export function closingBrace(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const sign = text[at]
    if (sign === '{') depth++
    else if (sign === '}' && depth-- === 0) return at
    else if (sign === '"' || sign === "'") at = stringEnd(text, at)
    else if (sign === '`') at = templateEnd(text, at)
    else if (sign === '/') at = slashEnd(text, at)
  }
  return text.length
}

/** Offset of the quote that ends a string. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === text[from]) return at
  }
  return text.length
}

function templateEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '`') return at
    else if (text.startsWith('${', at)) at = closingBrace(text, at + 2)
  }
  return text.length
}

/** Offset of the last character of what begins with a slash: a comment, a regular expression, or only the slash. */
function slashEnd(text: string, at: number): number {
  if (text[at + 1] === '/') return orEnd(text, text.indexOf('\n', at))
  if (text[at + 1] === '*') return orEnd(text, text.indexOf('*/', at + 2) + 1)
  if (!/(^|[({[,;=:?!&|+\-*%<>~^]|=>|\breturn|\btypeof)\s*$/.test(text.slice(Math.max(0, at - 40), at)))
    return at
  const [expression = '/'] =
    /^\/(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\[])+\//.exec(text.slice(at, at + 500)) ?? []
  return at + expression.length - 1
}

function orEnd(text: string, found: number): number {
  return found <= 0 ? text.length : found
}
