import type { ArticleResult, RunResult } from '../result/result.ts'
import { changeOf } from './diff.ts'
import { describeRule, findingAddress } from './finding-rules.ts'
import { findingsOfRun, type Finding } from './finding.ts'
import type { Sources } from './sources.ts'
import { cloudLine, verdictWords } from './wording.ts'

/**
 * A run as SARIF 2.1.0 (OASIS standard; what code scanning takes in): a result per finding with its place in the article, a stable
 * fingerprint and, where there is one, the suggested change as a fix. Faults of the surroundings and of the driver are
 * notifications of the tool: they are no results about an article.
 */
export function sarif(run: RunResult, sources: Sources): string {
  const all = findingsOfRun(run).flatMap(({ article, findings }) =>
    findings.map(finding => ({ ...finding, place: finding.place ?? beginningOf(article) })),
  )
  const results = all.filter(finding => !isOfTool(finding))
  const described = new Map(results.map(finding => [finding.rule, describe(finding)]))
  const rules = [...described.keys()].sort()
  const textOf = (path: string) => (run.sources[path] === undefined ? undefined : sources(run.sources[path]))
  const notifications = [
    ...all.filter(isOfTool).map(finding => notification(finding.message, finding.rule, finding.place)),
    ...run.problems.map(problem => notification(problem.message, problem.rule, problem.place)),
  ]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Verbatim',
            semanticVersion: run.verbatim,
            informationUri: 'https://github.com/verbatim-docs/verbatim',
            rules: rules.map(id => described.get(id)),
          },
        },
        automationDetails: { id: `verbatim/${run.cloud.name}/` },
        invocations: [
          {
            executionSuccessful: notifications.length === 0 && !run.interrupted,
            startTimeUtc: run.startedAt,
            ...(run.finishedAt ? { endTimeUtc: run.finishedAt } : {}),
            ...(run.exitCode === undefined ? {} : { exitCode: run.exitCode }),
            toolExecutionNotifications: notifications,
          },
        ],
        columnKind: 'utf16CodeUnits',
        properties: {
          cloud: run.cloud.name,
          rehearsal: run.cloud.rehearsal,
          notice: cloudLine(run.cloud),
          run: run.run,
        },
        results: results.map(finding => result(finding, rules, textOf)),
      },
    ],
  }
  return `${JSON.stringify(log, undefined, 2)}\n`
}

/** GitHub's code scanning wants a place for each result: what has none of its own speaks of the whole article. */
function beginningOf({ path }: ArticleResult): NonNullable<Finding['place']> {
  const start = { line: 1, column: 1, offset: 0 }
  return { path, start, end: start }
}

function describe(finding: Finding) {
  const { rule } = finding
  const text = describeRule(finding)
  return {
    id: rule,
    name: rule.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text },
    fullDescription: { text },
    help: { text, markdown: `${text} [More about what Verbatim finds](${findingAddress(rule)}).` },
    helpUri: findingAddress(rule),
    defaultConfiguration: { level: finding.level },
  }
}

type Placed = Finding & Required<Pick<Finding, 'place'>>

function isOfTool({ verdict }: Finding): boolean {
  return verdict === 'environment' || verdict === 'driver'
}

function result(finding: Placed, rules: string[], textOf: (path: string) => string | undefined) {
  const { rule, level, place, fingerprint, verdict, drift, suggestion } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level,
    message: { text: messageOf(finding) },
    locations: [location(place)],
    partialFingerprints: { 'verbatim/v1': fingerprint },
    properties: { verdict: verdictWords[verdict], ...(drift ? { drift } : {}) },
    ...(suggestion && changeOf(suggestion, textOf(suggestion.place.path))
      ? {
          fixes: [
            {
              description: { text: suggestion.reason },
              artifactChanges: [
                {
                  artifactLocation: { uri: addressOf(suggestion.place.path) },
                  replacements: [
                    { deletedRegion: region(suggestion.place), insertedContent: { text: suggestion.after } },
                  ],
                },
              ],
            },
          ],
        }
      : {}),
  }
}

function messageOf({ message, found, remedy, step }: Finding): string {
  const parts = [step && `Step ${step.number}`, message].filter(Boolean).join(': ')
  const instead = found.length > 0 ? ` Found instead: ${found.slice(0, 5).join(', ')}.` : ''
  return `${parts}.${instead}${remedy ? ` ${remedy}` : ''}`
}

function notification(message: string, rule: string, place: Finding['place']) {
  return {
    level: 'warning',
    message: { text: message },
    descriptor: { id: rule },
    ...(place ? { locations: [location(place)] } : {}),
  }
}

function location(place: NonNullable<Finding['place']>) {
  return { physicalLocation: { artifactLocation: { uri: addressOf(place.path) }, region: region(place) } }
}

function region({ start, end }: NonNullable<Finding['place']>) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}

function addressOf(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent)
}
