import { randomUUID } from 'node:crypto'
import type { TemplateFunction, TemplateFunctions } from '../expression.ts'

/** What only the default value of a parameter may ask for (Learn, `template-functions-date`, `template-functions-string`). */
export const defaultFunctions: TemplateFunctions = new Map<string, TemplateFunction>([
  ['newguid', () => randomUUID()],
  ['utcnow', format => formatDate(new Date(), typeof format === 'string' ? format : 'yyyyMMddTHHmmssZ')],
])

/** The parts of .NET's formats that templates use. */
function formatDate(date: Date, format: string): string {
  const iso = date.toISOString()
  if (format === 'u') return iso.replace('T', ' ').replace(/\.\d+/, '')
  const parts: Readonly<Record<string, string>> = {
    yyyy: iso.slice(0, 4),
    MM: iso.slice(5, 7),
    dd: iso.slice(8, 10),
    HH: iso.slice(11, 13),
    mm: iso.slice(14, 16),
    ss: iso.slice(17, 19),
  }
  if (format === 'd') return `${parts['MM'] ?? ''}/${parts['dd'] ?? ''}/${parts['yyyy'] ?? ''}`
  return format.replaceAll(/yyyy|MM|dd|HH|mm|ss/g, part => parts[part] ?? part)
}
