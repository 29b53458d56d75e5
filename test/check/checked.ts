import { posix } from 'node:path'
import { readSteps } from '../../src/action/read-step.ts'
import { readArticle } from '../../src/article/read-article.ts'
import { checkArticle, type Checked } from '../../src/check/check-article.ts'
import type { Files } from '../../src/check/rule.ts'
import { readRunbook } from '../../src/plan/runbook.ts'
import { readResourceTypes } from '../../src/plan/resource-type.ts'

/** An article in a folder of its own, and what stands around it. */
export interface World {
  text: string
  runbook?: string | undefined
  /** Path from the article -> text. */
  files?: Record<string, string> | undefined
}

const resourceTypes = readResourceTypes(['src/plan/resources'])

/** Reads and checks an article as the command does, without a disk. */
export function check({ text, runbook, files: around = {} }: World) {
  const path = 'docs/article.md'
  const known = new Map([
    [path, text],
    ...Object.entries(around).map(([name, content]) => [posix.join('docs', name), content] as const),
  ])
  const files: Files = { docsRoot: 'docs', text: each => known.get(each), exists: each => known.has(each) }
  const article = readArticle({ path, text }, { docsRoot: 'docs', readFile: files.text })
  const procedures = readSteps(article)
  const beside = runbook === undefined ? undefined : { ...readRunbook(runbook), path: 'docs/article.runbook.yaml' }
  const checked: Checked = checkArticle({ article, procedures, runbook: beside, resourceTypes, files })
  return { ...checked, article, procedures, files: known }
}
