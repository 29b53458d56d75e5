import { createHash } from 'node:crypto'
import type { Step } from '../article/article.ts'

/**
 * A stable name for a step: 12 hexadecimal digits over its heading and its words, so that it survives moved lines and
 * reformatting, but not changed words. Equal steps under one heading are told apart by their order.
 */
export function fingerprintSteps(steps: readonly { procedure: string; step: Step }[]): string[] {
  const seen = new Map<string, number>()
  return steps.map(({ procedure, step }) => {
    const words = wordsOf(`${procedure}\n${step.text}\n${contentOf(step)}`)
    const nth = (seen.get(words) ?? 0) + 1
    seen.set(words, nth)
    return createHash('sha256').update(`${words}\n${nth}`).digest('hex').slice(0, 12)
  })
}

function contentOf(step: Step): string {
  return step.content
    .map(content => {
      if (content.type === 'table')
        return content.rows.map(row => row.cells.map(cell => cell.text).join('|')).join('\n')
      return content.type === 'code' ? content.value : ''
    })
    .join('\n')
}

function wordsOf(text: string): string {
  return text.replace(/\s+/g, ' ').trim().toLowerCase()
}
