import { phrases } from '../action/phrases/index.ts'
import { ruleAddress } from './rule-page.ts'
import { rules, type RuleName } from './rules/index.ts'
import { tellAction } from './tell-action.ts'

/** What colours a terminal: functions that wrap a text. */
export interface Colours {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

/** The grammar's families of instructions, each with sentences that it reads and what they ask for. */
export function explainPhrases(colours: Colours): string {
  const families = Object.entries(phrases).map(([name, { examples }]) => {
    const lines = Object.entries(examples).flatMap(([sentence, actions]) => [
      `  ${sentence}`,
      ...(actions.length === 0 ? [colours.dim('      asks for nothing')] : []),
      ...actions.map(action => {
        const where = 'where' in action && action.where ? colours.dim(` in ${action.where.join(' > ')}`) : ''
        return `      ${colours.cyan(tellAction(action))}${where}`
      }),
    ])
    return [colours.bold(name), ...lines].join('\n')
  })
  return `${families.join('\n\n')}\n`
}

/** A rule's page in short. */
export function explainRule(name: RuleName, colours: Colours): string {
  const { summary, why, severity, examples } = rules[name]
  const [example] = examples
  return [
    `${colours.bold(name)} (${severity})`,
    '',
    summary,
    '',
    why,
    ...(example
      ? ['', colours.bold('Wrong'), indent(example.wrong), '', colours.bold('Right'), indent(example.right)]
      : []),
    '',
    colours.dim(`Change its severity in the configuration: rules: { ${name}: off }`),
    colours.dim(ruleAddress(name)),
    '',
  ].join('\n')
}

export function isRuleName(name: string): name is RuleName {
  return Object.hasOwn(rules, name)
}

function indent(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '    ')
}
