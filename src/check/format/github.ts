import type { Message } from '../../article/article.ts'
import { onceEach } from './once-each.ts'
import type { Format } from './format.ts'

/**
 * Annotations as workflow commands of GitHub Actions (docs.github.com, "Workflow commands"), one per line. GitHub shows
 * at most ten of each level per step, so the worst come first. That a file has no procedure is no annotation.
 */
export function githubFormat(): Format {
  const lines: Record<Message['severity'], string[]> = { error: [], warning: [], info: [] }
  const isNew = onceEach()
  return {
    start: () => '',
    file({ messages }) {
      for (const message of messages)
        if (message.rule !== 'no-procedure' && isNew(message)) lines[message.severity].push(annotation(message))
      return ''
    },
    end: () => [...lines.error, ...lines.warning, ...lines.info].map(line => `${line}\n`).join(''),
  }
}

const levels = { error: 'error', warning: 'warning', info: 'notice' } as const

function annotation({ rule, severity, message, place: { path, start, end } }: Message): string {
  const properties = {
    file: path,
    line: start.line,
    endLine: end.line,
    ...(start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column - 1) } : {}),
    title: rule,
  }
  const pairs = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`)
  return `::${levels[severity]} ${pairs.join(',')}::${data(message)}`
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
