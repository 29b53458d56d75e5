import type { StepReading } from '../action/action.ts'
import type { ProcedureReading } from '../action/read-step.ts'
import type { Article, Message } from '../article/article.ts'
import { makePlan } from '../plan/make-plan.ts'
import type { Plan, SurfaceName } from '../plan/plan.ts'
import type { ResourceType } from '../plan/resource-type.ts'
import type { Runbook } from '../plan/runbook.ts'
import { coverageOf, type Coverage } from './coverage.ts'
import type { Files, KnownRunbook, Rule, Subject } from './rule.ts'
import { rules } from './rules/index.ts'

export interface CheckInput {
  article: Article
  procedures: readonly ProcedureReading[]
  runbook: KnownRunbook | undefined
  resourceTypes: readonly ResourceType[]
  files: Files
}

export interface Checked {
  /** In the article's order, with the rules' own severities: `configured` applies others. */
  messages: Message[]
  coverage: Coverage
}

/** Looks at an article with every rule. An article without a procedure gets `no-procedure` and no other rule. */
export function checkArticle(input: CheckInput): Checked {
  const { article, procedures, runbook, files } = input
  const readings = procedures.flatMap(each => each.readings)
  const plans = plansFor(input)
  const subject: Subject = { article, readings, kept: withoutSkipped(readings, plans), plans, runbook, files }
  const applied: [string, Rule][] =
    article.procedures.length === 0 ? [['no-procedure', rules['no-procedure']]] : Object.entries(rules)
  const messages = applied.flatMap(([name, rule]) =>
    rule.check(subject).map(({ message, place }): Message => ({ rule: name, severity: rule.severity, message, place })),
  )
  return { messages: inOrder(messages, article.path), coverage: coverageOf(readings, plans) }
}

/** The severities that a configuration gives to rules; `off` drops what a rule says. */
export function configured<Some extends Pick<Message, 'rule' | 'severity'>>(
  messages: readonly Some[],
  severities: Readonly<Record<string, Message['severity'] | 'off'>>,
): Some[] {
  return messages.flatMap(message => {
    const severity = severities[message.rule] ?? message.severity
    return severity === 'off' ? [] : [severity === message.severity ? message : { ...message, severity }]
  })
}

/**
 * A plan for each surface. Without tabs, pivots and monikers all surfaces take the same steps, and in any case the portal
 * and Resource Manager do: only what must differ is planned anew.
 */
function plansFor(input: CheckInput): Plan[] {
  const { procedures } = input.article
  if (procedures.length === 0) return []
  const portal = planFor('portal', input)
  const varies = procedures.some(each => each.variants.length > 0 || each.steps.some(step => step.variants.length > 0))
  const shell = varies ? planFor('shell', input) : { ...portal, surface: 'shell' as const }
  return [portal, { ...portal, surface: 'arm' }, shell]
}

/** What only a run knows is stood in for: without a cloud, nobody knows the subscription, and yet it needs no answer. */
function planFor(surface: SurfaceName, { article, procedures, runbook, resourceTypes }: CheckInput): Plan {
  const value = runbook?.runbook ?? {}
  return makePlan({
    article,
    procedures,
    sources: {},
    surface,
    runbook: value,
    run: 'vcheck',
    names: 'own',
    allowShell: true,
    resourceTypes,
    subscription: '(the cloud’s subscription)',
    env: environmentOf(value),
    secrets: {},
  })
}

/** An answer from the environment counts as given: who runs the article sets it. */
function environmentOf({ answers = {} }: Runbook): Record<string, string> {
  return Object.fromEntries(
    Object.values(answers).flatMap(answer =>
      typeof answer === 'object' && 'env' in answer ? [[answer.env, '(set when it is run)']] : [],
    ),
  )
}

function withoutSkipped(readings: readonly StepReading[], plans: readonly Plan[]): StepReading[] {
  const skipped = new Set(
    plans.flatMap(({ steps }) => steps.filter(({ skip }) => skip !== undefined).map(({ place }) => place)),
  )
  return readings.filter(({ step }) => !skipped.has(step.place))
}

/** The article's own places first, then those of its includes, each from top to bottom; each message once. */
function inOrder(messages: readonly Message[], path: string): Message[] {
  const seen = new Set<string>()
  return messages
    .filter(({ rule, message, place }) => {
      const key = `${rule} ${place.path} ${place.start.offset} ${message}`
      return !seen.has(key) && seen.add(key)
    })
    .sort(
      ({ place: a }, { place: b }) =>
        Number(b.path === path) - Number(a.path === path) ||
        (a.path < b.path ? -1 : a.path > b.path ? 1 : a.start.offset - b.start.offset),
    )
}
