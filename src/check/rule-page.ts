import type { Example, Rule } from './rule.ts'
import { rules, type RuleName } from './rules/index.ts'

/** Where the pages of `docs/rules/` are read. */
export function ruleAddress(name: RuleName | 'index'): string {
  return `https://github.com/verbatim-docs/verbatim/blob/main/docs/rules/${name === 'index' ? 'README' : name}.md`
}

/** A rule's page in `docs/rules/`: what it finds, why, a wrong and a right example, how to change its severity. */
export function rulePage(name: RuleName, { severity, summary, why, examples }: Rule): string {
  const other = severity === 'error' ? 'warning' : severity === 'warning' ? 'error' : 'warning'
  return (
    [
      `# ${name}`,
      summary,
      `Severity: **${severity}**${severity === 'error' ? ', so `verbatim check` ends with exit code 1' : ''}.`,
      '## Why',
      why,
      ...examples.flatMap((example, index) => showExample(example, index > 0)),
      '## Change its severity',
      `In the configuration (\`verbatim.config.yaml\`), as \`error\`, \`warning\`, \`info\` or \`off\`:`,
      fence(`rules:\n  ${name}: ${other}\n`, 'yaml'),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  )
}

/** The list of all rules: `docs/rules/README.md`. */
export function ruleIndex(): string {
  const rows = (Object.keys(rules) as RuleName[]).map(
    name => `| [${name}](${name}.md) | ${rules[name].severity} | ${rules[name].summary.replaceAll('|', '\\|')} |`,
  )
  return `# Rules of \`verbatim check\`

Each message names its rule. \`verbatim check --explain <rule>\` prints a page in short. The configuration changes
severities:

\`\`\`yaml
# verbatim.config.yaml
rules:
  no-clean-up: error
  manual-step: off
\`\`\`

| Rule | Severity | What it finds |
| --- | --- | --- |
${rows.join('\n')}
`
}

function showExample({ wrong, right, runbook, files }: Example, another: boolean): string[] {
  const beside = Object.keys(files ?? {})
  return [
    another ? '## Wrong, too' : '## Wrong',
    fence(wrong, 'markdown'),
    ...besides(runbook, 'wrong'),
    '## Right',
    fence(right, 'markdown'),
    ...(typeof runbook === 'object' ? besides(runbook, 'right') : []),
    ...(beside.length > 0
      ? [`where ${beside.map(path => `\`${path}\``).join(' and ')} ${beside.length > 1 ? 'exist' : 'exists'}.`]
      : []),
  ].map((part, at) => (another && part === '## Right' && at > 0 ? '## Right instead' : part))
}

function besides(runbook: Example['runbook'], which: 'wrong' | 'right'): string[] {
  if (runbook === undefined) return []
  return ['with this runbook beside it:', fence(typeof runbook === 'string' ? runbook : runbook[which], 'yaml')]
}

function fence(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length))
  const marker = '`'.repeat(longest + 1)
  return `${marker}${language}\n${text.trimEnd()}\n${marker}`
}
