import type { Subject, Problem } from '../rule.ts'

/** What reading an article found by itself. */
export const fromReader =
  (rule: string) =>
  ({ article }: Subject): Problem[] =>
    article.messages.filter(message => message.rule === rule)
