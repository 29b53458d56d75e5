import type { RunResult } from '../result/result.ts'
import { changeOf } from './diff.ts'
import { findingsOfRun, type Finding } from './finding.ts'
import type { Sources } from './sources.ts'
import { cloudLine, verdictWords } from './wording.ts'

/**
 * A run as SARIF 2.1.0 (OASIS standard; what code scanning takes in): a result per finding with its place in the article, a stable
 * fingerprint and, where there is one, the suggested change as a fix. Faults of the surroundings and of the driver are
 * notifications of the tool: they are no results about an article.
 */
export function sarif(run: RunResult, sources: Sources): string {
  const all = findingsOfRun(run).flatMap(({ findings }) => findings)
  const results = all.filter(finding => !isOfTool(finding))
  const rules = [...new Set(results.map(finding => finding.rule))].sort()
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
        tool: { driver: { name: 'Verbatim', version: run.verbatim, rules: rules.map(id => ({ id, name: id })) } },
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

function isOfTool({ verdict }: Finding): boolean {
  return verdict === 'environment' || verdict === 'driver'
}

function result(finding: Finding, rules: string[], textOf: (path: string) => string | undefined) {
  const { rule, level, place, fingerprint, verdict, drift, suggestion } = finding
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level,
    message: { text: messageOf(finding) },
    locations: place ? [location(place)] : [],
    partialFingerprints: { 'verbatim/v1': fingerprint },
    properties: { verdict: verdictWords[verdict], ...(drift ? { drift } : {}) },
    ...(suggestion && changeOf(suggestion, textOf(suggestion.place.path))
      ? {
          fixes: [
            {
              description: { text: suggestion.reason },
              artifactChanges: [
                {
                  artifactLocation: { uri: encodeURI(suggestion.place.path) },
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
  return { physicalLocation: { artifactLocation: { uri: encodeURI(place.path) }, region: region(place) } }
}

function region({ start, end }: NonNullable<Finding['place']>) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column }
}
