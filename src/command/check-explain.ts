import { explainPhrases, explainRule, isRuleName } from '../check/explain.ts'
import { rules } from '../check/rules/index.ts'
import { coloursFor, type Environment } from './environment.ts'
import { UserError } from './user-error.ts'

/** `verbatim check --explain [rule]`. @throws UserError where there is no such rule. */
export function explainCommand(subject: string | true, environment: Environment): number {
  const colours = coloursFor(environment)
  if (subject === true) {
    environment.stdout.write(explainPhrases(colours))
    return 0
  }
  if (!isRuleName(subject))
    throw new UserError(`There is no rule '${subject}'.`, `The rules are ${Object.keys(rules).join(', ')}.`)
  environment.stdout.write(explainRule(subject, colours))
  return 0
}
