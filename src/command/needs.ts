import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Article } from '../article/article.ts'
import { procedureKey } from '../plan/make-plan.ts'
import { prerequisitesSection } from '../plan/prerequisites.ts'
import { jobOf, understand, type Job, type Understood } from './articles.ts'
import { UserError } from './user-error.ts'

interface Surroundings {
  cwd: string
  docsRoot: string
}

/**
 * Understands an article together with the articles that its runbook needs first: their steps come before its own,
 * without their clean-up, so that what they make is there under the same names. Each is taken once.
 *
 * @throws UserError where a needed article doesn't exist, or articles need each other in a circle.
 */
export function understandWithNeeds(job: Job, surroundings: Surroundings, above: readonly string[] = []): Understood {
  const understood = understand(job, surroundings)
  const needed = neededPaths(understood, surroundings.cwd)
  if (needed.length === 0) return understood
  const chain = [...above, job.path]
  const needs = needed.map(path => {
    const other = jobOf(path, surroundings.cwd)
    if (chain.includes(other.path))
      throw new UserError(
        `Articles need each other in a circle: ${[...chain, other.path].join(' needs ')}.`,
        'Take one of them out of `needs`.',
        { place: job.runbookPath },
      )
    const whole = understandWithNeeds(other, surroundings, chain)
    return { ...whole, procedures: whole.procedures.filter(({ procedure }) => !isCleanUp(procedure.title)) }
  })
  const first = new Map(
    needs.flatMap(each => each.procedures.map(reading => [procedureKey(reading.procedure), reading] as const)),
  )
  return {
    ...understood,
    needs,
    procedures: [...first.values(), ...understood.procedures],
    sources: Object.assign({}, ...needs.map(each => each.sources), understood.sources) as Understood['sources'],
  }
}

function neededPaths({ job, article }: Understood, cwd: string): string[] {
  const { needs = [], prerequisites = {} } = job.runbook
  const besideArticle = dirname(resolve(cwd, job.path))
  const besideRunbook = dirname(resolve(cwd, job.runbookPath ?? job.path))
  const declared = Object.values(prerequisites).flatMap(each => (typeof each === 'string' ? [each] : []))
  const named = [
    ...(needs === 'linked'
      ? linkedPrerequisites(article, job.text).map(name => ({ name, folder: besideArticle }))
      : needs.map(name => ({ name, folder: besideRunbook }))),
    ...declared.map(name => ({ name, folder: besideRunbook })),
  ]
  return named.map(({ name, folder }) => {
    const path = resolve(folder, name)
    if (existsSync(path)) return path
    throw new UserError(
      `The article '${name}' that is needed first does not exist.`,
      'Correct `needs` in the runbook; paths count from it.',
      { place: job.runbookPath },
    )
  })
}

/** > | - A vault. See [Create a vault](create-a-vault.md#portal).: the Prerequisites section's links to articles of ours. */
function linkedPrerequisites({ sections }: Article, text: string): string[] {
  const links = (prerequisitesSection({ sections }, text) ?? '').matchAll(
    /(?<!!)\[[^\]]*\]\(\s*([^)\s#?]+\.md)(?:[#?][^)]*)?\)/g,
  )
  return [...new Set([...links].flatMap(([, path]) => (path !== undefined && !/^[a-z]+:/i.test(path) ? [path] : [])))]
}

/** Headings under which articles remove what they made. */
function isCleanUp(title: string): boolean {
  return /\bclean[ -]?up\b|^(?:delete|remove) (?:the )?resources?\b/i.test(title)
}
