import { verbs, type Phrase } from '../phrase.ts'

/** Running a command that the sentence itself holds. */
export const run: Phrase = {
  examples: {
    'Run `az login`.': [{ do: 'run', target: 'az login' }],
  },
  verbs: verbs('run, execute, rerun, use, issue'),
  read(clause) {
    const commands = clause.objects.filter(
      ({ kind, text }) => (kind === 'literal' || kind === 'label') && isCommandLine(text),
    )
    if (clause.verb === 'use' && commands.length === 0) return undefined
    const [command] = commands
    return command ? [{ do: 'run', target: command.text, code: command.text }] : undefined
  },
}

/** Whether a text is something to type at a prompt. */
export function isCommandLine(text: string): boolean {
  return (
    /^(?:az|azd|kubectl|helm|docker|ssh|scp|curl|wget|sudo|git|pip|npm|dotnet|terraform|pwsh|chmod|cd|ls|mkdir|[A-Z][a-z]+-[A-Z]\w+)\b/.test(
      text,
    ) && /\s|-/.test(text)
  )
}
