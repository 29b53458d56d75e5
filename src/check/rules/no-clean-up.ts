import type { Action } from '../../action/action.ts'
import type { Rule } from '../rule.ts'

/** An article that leaves its readers with a bill. */
export const noCleanUp: Rule = {
  severity: 'warning',
  summary: 'The article creates something and never says how to remove it.',
  why:
    'What stays behind costs readers money. Learn’s how-to articles end with a section *Clean up resources*. A run ' +
    'removes what it made in any case, and carries the section out like any other.',
  examples: [
    {
      wrong:
        '# Create a vault\n\n1. For **Vault name**, enter *myVault*.\n1. Select **Review + create**, then **Create**.\n',
      right:
        '# Create a vault\n\n1. For **Vault name**, enter *myVault*.\n1. Select **Review + create**, then **Create**.\n\n## Clean up resources\n\n1. Select **Delete**.\n',
    },
  ],
  check({ article, readings }) {
    const actions = readings.flatMap(reading => reading.actions)
    const first = actions.find(creates)
    if (!first || actions.some(removes) || article.sections.some(({ title }) => cleanUpTitle.test(title))) return []
    return [
      {
        message: 'The article creates something here and never removes it, expected a section “Clean up resources”.',
        place: first.place,
      },
    ]
  },
}

const cleanUpTitle = /\bclean(?:ing)?[- ]?up\b|^(?:delete|remove|deprovision|uninstall)\b/i

function creates(action: Action): boolean {
  if (action.do === 'run') return /\baz\s[\w -]+\screate\b|\bNew-Az\w+/.test(action.code)
  return action.do === 'select' && /^(?:create|deploy)$/i.test(action.target)
}

function removes(action: Action): boolean {
  if (action.do === 'run') return /\baz\s[\w -]+\sdelete\b|\bRemove-Az\w+/.test(action.code)
  return action.do === 'select' && /^(?:delete|remove)\b/i.test(action.target)
}
