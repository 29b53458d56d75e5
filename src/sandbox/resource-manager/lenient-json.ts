import type { Json } from './request.ts'

/** Strings, comments, names without quotes, commas before a closing bracket. */
const tokens = /"(?:[^"\\]|\\[^])*"|\/\/.*|\/\*[^]*?\*\/|[A-Za-z_$][\w$]*(?=\s*:)|,(?=\s*[}\]])/g

/**
 * Reads JSON as leniently as Resource Manager does: comments, names without quotes, commas too many, line breaks in
 * strings. az relies on it: it splices a template's text into its request as `, template:{...}` (seen with az 2.45).
 * Throws a SyntaxError.
 */
export function parseLenientJson(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch {
    return JSON.parse(text.replaceAll(tokens, tighten)) as Json
  }
}

function tighten(token: string) {
  if (token.startsWith('"')) return token.replaceAll('\r', '\\r').replaceAll('\n', '\\n')
  return /^[A-Za-z_$]/.test(token) ? `"${token}"` : ''
}
