import type { RunResult } from '../result/result.ts'

/**
 * A run in which articles that name no owner have the one of a CODEOWNERS file.
 *
 * @param inRepository the path from the repository's top of a path from the working directory.
 */
export function withCodeOwners(
  run: RunResult,
  codeOwners: string,
  inRepository: (path: string) => string = path => path,
): RunResult {
  const rules = rulesOf(codeOwners)
  const articles = run.articles.map(article => {
    const path = inRepository(article.path)
    const owner = rules.findLast(rule => rule.pattern.test(path))?.owners.join(' ')
    return article.owner !== undefined || !owner ? article : { ...article, owner }
  })
  return { ...run, articles }
}

/** The last rule that matches counts, and one without owners takes them away (docs.github.com, "About code owners"). */
function rulesOf(text: string): { pattern: RegExp; owners: string[] }[] {
  return text.split(/\r?\n/).flatMap(line => {
    const [pattern, ...owners] = line
      .replace(/(?:^|\s)#.*$/, '')
      .trim()
      .split(/(?<!\\)\s+/)
    return pattern ? [{ pattern: patternOf(pattern), owners }] : []
  })
}

/** A pattern as in .gitignore: with a slash in it it counts from the root, a folder takes in all that it holds. */
function patternOf(pattern: string): RegExp {
  const anchored = pattern.replace(/\/$/, '').includes('/')
  const parts = pattern
    .replace(/^\//, '')
    .replace(/\\ /g, ' ')
    .split(/(\*\*\/|\/\*\*$|\*|\?)/)
  const source = parts
    .map(part => wildcards[part] ?? part.replace(/[.+^${}()|[\]\\]/g, '\\$&'))
    .join('')
    .replace(/\/$/, '')
  const lastIsStar = /(?:^|\/)\*$/.test(pattern) && pattern !== '*'
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${source}${lastIsStar ? '$' : '(?:/|$)'}`)
}

const wildcards: Record<string, string> = { '**/': '(?:.*/)?', '/**': '/.*', '*': '[^/]*', '?': '[^/]' }
