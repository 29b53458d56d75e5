import type { Action, StepReading } from '../../src/action/action.ts'
import { readSteps } from '../../src/action/read-step.ts'
import { readArticle } from '../../src/article/read-article.ts'

/** What the first step of a small article is understood as. */
export function readingOf(markdown: string): StepReading {
  const reading = readingsOf(`1. ${markdown}\n2. Select **Last**.\n`)[0]
  if (!reading) throw new Error(`No step in ${markdown}`)
  return reading
}

/** What every step of an article is understood as. */
export function readingsOf(text: string): StepReading[] {
  const article = readArticle({ path: 'article.md', text }, { docsRoot: '.', readFile: () => undefined })
  return readSteps(article).flatMap(({ readings }) => readings)
}

/** Actions as actions.md writes them: without spans, code and empty fields. */
export function plain(actions: Action[]): object[] {
  return actions.map(action =>
    Object.fromEntries(
      Object.entries(action).filter(
        ([key, value]) => key !== 'place' && key !== 'code' && !(Array.isArray(value) && value.length === 0),
      ),
    ),
  )
}
