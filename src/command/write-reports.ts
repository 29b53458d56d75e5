import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { badge } from '../report/badge.ts'
import { withCodeOwners } from '../report/code-owners.ts'
import { digests } from '../report/digest.ts'
import { githubAnnotations, githubSummary } from '../report/github.ts'
import { html } from '../report/html.ts'
import { issue } from '../report/issue.ts'
import { junit } from '../report/junit.ts'
import { storedFiles, type StoredFiles } from '../report/output-folder.ts'
import { slugOf } from '../report/page/page-address.ts'
import { sarif } from '../report/sarif.ts'
import { sourceLink } from '../report/source-link.ts'
import type { Trends } from '../report/trend.ts'
import type { Drift, RunResult } from '../result/result.ts'
import type { Environment } from './environment.ts'
import { keepImages } from './report-images.ts'
import type { ReporterName } from './reporters.ts'
import { repositoryOf, repositoryTop } from './repository.ts'
import { UserError } from './user-error.ts'

/** What the reports of a run are made from. */
export interface Reporting extends StoredFiles {
  run: RunResult
  /** The output folder, in which the reports are written. */
  output: string
  failOn: Drift
  history?: Trends | undefined
  /** Whether standard output may be printed to: not where it holds nothing but JSON. */
  printing: boolean
  environment: Pick<Environment, 'env' | 'stdout'>
}

/** Writes what the reporters ask for; `result.json` is there already. */
export function writeReports(reporting: Reporting, reporters: readonly ReporterName[]): void {
  for (const name of reporters) writers[name](reporting)
}

/**
 * A result with what its surroundings know: owners by CODEOWNERS, where its articles can be read, and copies of their
 * images. What it says already stays.
 *
 * @throws UserError when the given CODEOWNERS file does not exist.
 */
export function completeResult(
  run: RunResult,
  { output, cwd, codeOwners }: { output: string; cwd: string; codeOwners: string | false | undefined },
): RunResult {
  const owned = codeOwners === false ? run : withOwners(run, codeOwners, cwd)
  const repository = run.repository ?? repositoryOf(run, cwd)
  const images = keepImages(run, { output, cwd, sources: storedFiles(output, run).sources })
  return {
    ...owned,
    ...(repository ? { repository } : {}),
    ...(Object.keys(images).length > 0 ? { images } : {}),
  }
}

const writers: Record<ReporterName, (reporting: Reporting) => void> = {
  terminal: () => undefined, // told while it runs
  json: () => undefined, // always there: every other report is made from it
  html: writeHtml,
  junit: ({ run, failOn, output }) => write(output, 'junit.xml', junit(run, { failOn })),
  sarif: ({ run, sources, output }) => write(output, 'results.sarif', sarif(run, sources)),
  github: writeGithub,
  digest: writeDigests,
  badge: writeBadges,
  issues: writeIssues,
}

function writeHtml({ run, sources, picture, history, output }: Reporting): void {
  const link = (path: string, line: number) => sourceLink(run, path, line)
  for (const { path, content } of html(run, sources, { picture, sourceLink: link, ...(history ? { history } : {}) }))
    write(output, path, content)
}

/** GitHub reads annotations from standard output, and the summary from a file that it names. */
function writeGithub({ run, printing, environment }: Reporting): void {
  const { stdout, env } = environment
  if (printing) stdout.write(githubAnnotations(run))
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, githubSummary(run))
}

function writeDigests({ run, history, output }: Reporting): void {
  const names = new Set<string>()
  const index = digests(run, history ? { history } : {}).map(({ owner, title, content }) => {
    const path = `digests/${uniqueName(owner ?? 'no-owner', names)}.md`
    write(output, path, content)
    return { ...(owner === undefined ? {} : { owner }), title, path }
  })
  write(output, 'digests/index.json', json(index))
}

function writeBadges({ run, history, output }: Reporting): void {
  for (const article of run.articles) {
    const trend = history?.articles[article.id]
    write(output, `badges/${slugOf(run, article)}.svg`, badge(article, run, trend ? { trend } : {}))
  }
}

function writeIssues({ run, sources, output }: Reporting): void {
  const index = run.articles.flatMap(article => {
    const told = issue(article, run, sources)
    if (!told) return []
    const { body, ...rest } = told
    const path = `issues/${slugOf(run, article)}.md`
    write(output, path, body)
    return [{ ...rest, article: article.id, file: article.path, body: path }]
  })
  write(output, 'issues/index.json', json(index))
}

/** Owners as file names: `@contoso/docs-team` and `contoso docs-team` must not share one. */
function uniqueName(owner: string, taken: Set<string>): string {
  const name =
    owner
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 80) || 'owner'
  for (let number = 1; ; number++) {
    const unique = number === 1 ? name : `${name}-${number}`
    if (taken.has(unique)) continue
    taken.add(unique)
    return unique
  }
}

/** Where GitHub looks for the file, in its order (docs.github.com, "About code owners"). */
const codeOwnerPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

function withOwners(run: RunResult, wanted: string | undefined, cwd: string): RunResult {
  const [first] = run.articles
  const top = repositoryTop(cwd) ?? (first && repositoryTop(dirname(resolve(cwd, first.path))))
  const file = wanted ?? (top && codeOwnerPlaces.map(place => join(top, place)).find(path => existsSync(path)))
  if (file === undefined) return run
  if (!existsSync(file))
    throw new UserError(`There is no CODEOWNERS file '${file}'.`, 'Name an existing file, or leave it out.')
  const root = top ?? cwd
  return withCodeOwners(run, readFileSync(file, 'utf8'), path =>
    relative(root, resolve(cwd, path)).split(sep).join('/'),
  )
}

function write(output: string, path: string, content: string): void {
  mkdirSync(dirname(join(output, path)), { recursive: true })
  writeFileSync(join(output, path), content)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}
