import { readShell, shellLanguages } from '../../plan/shell-code.ts'
import type { Rule } from '../rule.ts'

/** Code of a step that no surface runs as it stands. */
export const shellCode: Rule = {
  severity: 'info',
  summary: 'The code of a step can’t be run as it stands: it holds a placeholder, or is in a language that is not run.',
  why:
    `Code is run in one shell session, and only in these languages: ${shellLanguages.map(each => `\`${each}\``).join(', ')}. ` +
    'What a reader is to replace in it, a run can’t know; a shell variable that an earlier block sets works for both.',
  examples: [
    {
      wrong:
        '# Create a group\n\n1. Run this command:\n\n   ```azurecli\n   az group show --name <group-name>\n   ```\n',
      right: '# Create a group\n\n1. Run this command:\n\n   ```azurecli\n   az group show --name "$GROUP"\n   ```\n',
    },
  ],
  check: ({ kept }) =>
    kept
      .flatMap(({ actions }) => actions)
      .flatMap(action => {
        const problem = action.do === 'run' ? readShell(action.code, action.target).problem : undefined
        return problem
          ? [{ message: `The code can't be run: ${problem.message} ${problem.remedy}`, place: action.place }]
          : []
      }),
}
