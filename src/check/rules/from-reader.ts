import type { Problem, Subject } from '../rule.ts'

/** What reading an article found by itself. */
export const fromReader =
  (rule: string) =>
  ({ article }: Subject): Problem[] =>
    article.messages
      .filter(message => message.rule === rule)
      .map(({ message, place }) => ({ message: /[.!?]$/.test(message) ? message : `${message}.`, place }))
