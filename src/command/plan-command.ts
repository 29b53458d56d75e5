import { resolve } from 'node:path'
import type { Effect, ExpectedResource, Plan, PlannedAction, PlannedStep, SurfaceName } from '../plan/plan.ts'
import { findArticles } from './articles.ts'
import { readConfiguration } from './configuration.ts'
import { coloursFor, type Environment } from './environment.ts'
import { understandWithNeeds } from './needs.ts'
import type { PlanOptions } from './plan.ts'
import { checkSurfaces, knownResourceTypes, planFor } from './run-command.ts'
import { docsRootFor } from './shown-path.ts'

/** Stands for what only the cloud knows. */
const ofTheCloud = '(the cloud’s subscription)'

/** Runs `verbatim plan`. @returns 0, or 2 where a run would be refused. */
export async function planCommand(
  names: readonly string[],
  options: PlanOptions,
  environment: Environment,
): Promise<number> {
  const { cwd, env, stdout } = environment
  const { configuration, folder } = await readConfiguration(
    cwd,
    options.config === undefined ? undefined : resolve(cwd, options.config),
  )
  checkSurfaces(options.surface ?? [])
  const { jobs } = await findArticles(names, cwd)
  const resourceTypes = knownResourceTypes(configuration, folder)
  const plans = jobs.flatMap(job => {
    const understood = understandWithNeeds(job, {
      cwd,
      docsRoot: docsRootFor(
        job.path,
        configuration.docsRoot && resolve(folder, configuration.docsRoot),
        cwd,
        job.folder,
      ),
    })
    const surfaces = (options.surface as SurfaceName[] | undefined) ??
      job.runbook.surfaces ??
      configuration.surfaces ?? ['portal']
    return surfaces.map(surface =>
      planFor(understood, {
        surface,
        run: 'run',
        names: options.names ?? job.runbook.names ?? configuration.names ?? 'own',
        allowShell: options.allowShell ?? job.runbook.shell ?? false,
        resourceTypes,
        subscription: ofTheCloud,
        env,
        secrets: {},
      }),
    )
  })
  if (options.format === 'json') stdout.write(`${JSON.stringify({ plans }, null, 2)}\n`)
  else stdout.write(plans.map(plan => describePlan(plan, coloursFor(environment))).join('\n'))
  return plans.some(plan => plan.refusals.length > 0) ? 2 : 0
}

type Colours = ReturnType<typeof coloursFor>

function describePlan(plan: Plan, colours: Colours): string {
  const { article, surface, variant, steps, resources, refusals, names } = plan
  return [
    `${colours.bold(article.title)}  ${colours.dim([article.path, surface, ...variant].join(' · '))}`,
    ...steps.flatMap((step, at) => [
      ...(step.procedure === steps[at - 1]?.procedure ? [] : ['', `  ${colours.bold(step.procedure)}`]),
      ...describeStep(step, plan, colours),
    ]),
    '',
    ...section(
      'Prerequisites',
      (plan.prerequisites ?? []).map(
        ({ sentence, way }) =>
          `${sentence}  ${way === undefined ? colours.yellow('no declared way') : colours.dim(way)}`,
      ),
      colours,
    ),
    ...section(
      'Names',
      Object.entries(names).map(([said, own]) => `${said} → ${own}`),
      colours,
    ),
    ...section('Leaves behind', resources.map(describeResource), colours),
    ...section('Undo', undoOf(resources), colours),
    ...section(
      'Refused',
      refusals.map(
        ({ message, remedy, place }) =>
          `${colours.red('✘')} ${place.path}:${place.start.line}:${place.start.column}: ${message} ${remedy}`,
      ),
      colours,
    ),
    '',
  ].join('\n')
}

function describeStep(step: PlannedStep, { surface }: Plan, colours: Colours): string[] {
  const title = step.title.replace(/\s+/g, ' ')
  const head = `  ${step.number.padStart(4)}  ${title.length > 100 ? `${title.slice(0, 99)}…` : title}  ${colours.dim(`${step.place.path}:${step.place.start.line} · ${step.id}`)}`
  if (step.skip !== undefined) return [head, `          ${colours.yellow('skipped')}: ${step.skip}`]
  return [head, ...step.actions.flatMap(action => describeAction(action, surface, colours))]
}

function describeAction(planned: PlannedAction, surface: SurfaceName, colours: Colours): string[] {
  const { action, source, secret, becomes, effect } = planned
  const value = secret !== undefined ? '***' : 'value' in action ? action.value : undefined
  const words = [
    colours.cyan(action.do),
    action.target === undefined ? '' : `“${action.target}”`,
    value === undefined ? '' : `= “${value}”`,
    action.where.length > 0 ? colours.dim(`in ${action.where.join(' > ')}`) : '',
    source === undefined ? '' : colours.dim(`(${origins[source]})`),
    action.optional ? colours.yellow('optional') : '',
    action.when === undefined ? '' : colours.yellow(`when ${action.when}`),
    action.or || action.sequel ? colours.yellow('alternative') : '',
    becomes !== undefined && surface === 'arm' ? colours.dim(`→ ${becomes}`) : '',
  ]
  const requests =
    effect && surface === 'arm' ? requestsOf(effect).map(request => `             ${colours.dim(request)}`) : []
  return [`          ${words.filter(Boolean).join(' ')}`, ...requests]
}

const origins: Record<NonNullable<PlannedAction['source']>, string> = {
  'own-name': 'the run’s own name',
  runbook: 'from the runbook',
  cloud: 'from the cloud',
  environment: 'from the environment',
  generated: 'made up by the run',
}

function requestsOf(effect: Effect): string[] {
  if (effect.kind === 'delete') return [`DELETE ${pathOf(effect)}`]
  return effect.resources.map(
    resource => `PUT ${pathOf(resource)}?api-version=${resource.apiVersion ?? '(the newest)'}`,
  )
}

function describeResource(resource: ExpectedResource): string {
  const { type, name, resourceGroup, location, properties, missing } = resource
  const facts = [
    resourceGroup === undefined ? '' : `in ${resourceGroup}`,
    location ? `${location.setting} ${location.value}` : '',
    ...properties.map(({ setting, value, path }) => `${setting} ${value} (${path})`),
    ...missing.map(setting => `without ${setting}, which the form requires`),
  ]
  return `${type} “${name}” ${facts.filter(Boolean).join(', ')}`
}

function undoOf(resources: readonly ExpectedResource[]): string[] {
  const groups = new Set(resources.filter(each => each.resourceGroup === undefined).map(each => each.name))
  const apart = resources.filter(each => each.resourceGroup !== undefined && !groups.has(each.resourceGroup))
  return [
    ...[...groups].map(name => `delete resource group “${name}” with all in it, and verify`),
    ...apart.map(each => `delete ${each.type} “${each.name}”, and verify`),
  ]
}

function pathOf({ id }: { id: string }): string {
  return id.replace('/subscriptions/{subscription}', '')
}

function section(title: string, lines: readonly string[], colours: Colours): string[] {
  return lines.length === 0 ? [] : [`  ${colours.bold(title)}`, ...lines.map(line => `    ${line}`)]
}
