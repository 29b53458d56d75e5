import type { Code } from '../article/article.ts'

/** Languages of code that is shown, not run. */
const shown = new Set('output json yaml yml xml text txt html csv markdown md ini toml kusto kql none'.split(' '))

/** Whether a code block is something to run, as far as its language tells. */
export function isRunnable({ language }: Code): boolean {
  return language !== '' && !shown.has(language)
}
