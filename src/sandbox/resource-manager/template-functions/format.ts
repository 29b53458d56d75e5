import { invalidTemplate } from '../failures.ts'
import type { Json } from '../request.ts'
import { asText } from './as-text.ts'

/**
 * Fills a composite format of .NET with values, which is what `format` takes.
 * > {0}, {1:D3}, {2,10:N0}, {{ and }}
 */
export function formatText(pattern: string, values: readonly Json[]): string {
  return pattern.replaceAll(
    /\{\{|\}\}|\{(\d+)(?:,\s*(-?\d{1,3}))?(?::([^{}]*))?\}|[{}]/g,
    (all: string, index?: string, width?: string, style?: string) => {
      if (all === '{{' || all === '}}') return all.slice(1)
      const value = index === undefined ? undefined : values[Number(index)]
      if (index === undefined || Number(index) >= values.length) throw malformed()
      const text = typeof value === 'number' && style ? formatNumber(value, style) : asText(value)
      const columns = Number(width ?? 0)
      return columns < 0 ? text.padEnd(-columns) : text.padStart(columns)
    },
  )
}

function malformed() {
  return invalidTemplate(
    "Unable to evaluate template language function 'format': the format is invalid: Index (zero based) must be greater than or equal to zero and less than the size of the argument list. Please see https://aka.ms/arm-functions for usage details.",
  )
}

/** > D3, N0, X4, F2, or zeros as in 000 */
function formatNumber(value: number, style: string): string {
  const [, kind = '', digits = ''] = /^([A-Za-z])(\d{0,2})$/.exec(style) ?? []
  const count = Number(digits)
  const sign = value < 0 ? '-' : ''
  const size = Math.abs(value)
  if (kind.toUpperCase() === 'D') return sign + String(size).padStart(count, '0')
  if (kind === 'X') return size.toString(16).toUpperCase().padStart(count, '0')
  if (kind === 'x') return size.toString(16).padStart(count, '0')
  if (kind.toUpperCase() === 'F') return value.toFixed(digits === '' ? 2 : Math.min(count, 20))
  if (kind.toUpperCase() === 'N') return value.toLocaleString('en-US', decimals(digits === '' ? 2 : count))
  if (/^0{1,30}$/.test(style)) return sign + String(size).padStart(style.length, '0')
  return String(value)
}

function decimals(count: number) {
  const digits = Math.min(count, 20)
  return { minimumFractionDigits: digits, maximumFractionDigits: digits }
}
