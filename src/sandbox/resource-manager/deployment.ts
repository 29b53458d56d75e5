import { randomBytes, randomUUID } from 'node:crypto'
import { resourcesVersions } from './api-version.ts'
import type { Deployment, DeploymentStep, Estate, ResourceGroup } from './estate.ts'
import { findGroup, groupId, resourcesIn } from './estate.ts'
import { ArmFailure } from './failure.ts'
import {
  authorizationFailed,
  deploymentActive,
  deploymentFailed,
  deploymentNotActive,
  deploymentNotFound,
  internalServerError,
  invalidDeploymentMode,
  invalidTemplateDeployment,
  locationNotAvailableForType,
  noRegisteredProvider,
  resourceGroupBeingDeleted,
  resourceGroupNotFound,
} from './failures.ts'
import type { Found } from './find-route.ts'
import { findRoute } from './find-route.ts'
import { checkLocks } from './lock.ts'
import { normalizeLocation } from './location.ts'
import { Canceled, signedUrl } from './operation.ts'
import type { Operation } from './operation.ts'
import { page } from './paging.ts'
import { findType } from './provider.ts'
import { versionPattern } from './providers/generic.ts'
import type { ArmAnswer, ArmRequest, JsonObject, Principal } from './request.ts'
import { objectAt, textAt } from './request.ts'
import { deleteAll } from './removal.ts'
import { findOperation, putResource } from './resource.ts'
import { allows } from './role.ts'
import type { Route } from './route.ts'
import type { DeclaredResource, Template } from './template.ts'
import { isNested, readTemplate } from './template.ts'

const all = '/subscriptions/:subscription/resourcegroups/:group/providers/Microsoft.Resources/deployments'
const one = `${all}/:deployment`
/** The clients ask for a deployment's operations without the provider in the path. */
const withoutProvider = '/subscriptions/:subscription/resourcegroups/:group/deployments/:deployment'
const common = { apiVersions: resourcesVersions }
const action = (verb: string) => `Microsoft.Resources/deployments/${verb}`

/** Template deployments in a resource group: what the portal creates resources with. */
export const deploymentRoutes: readonly Route[] = [
  { ...common, method: 'PUT', path: one, action: action('write'), answer: put },
  {
    ...common,
    method: 'GET',
    path: one,
    action: action('read'),
    answer: (request, estate) => ({ status: 200, body: describe(requireDeployment(request, estate)) }),
  },
  {
    ...common,
    method: 'HEAD',
    path: one,
    action: action('read'),
    answer: (request, estate) => ({ status: find(request, estate) ? 204 : 404 }),
  },
  { ...common, method: 'DELETE', path: one, action: action('delete'), answer: remove },
  { ...common, method: 'GET', path: all, action: action('read'), answer: list },
  { ...common, method: 'POST', path: `${one}/validate`, action: action('validate/action'), answer: validate },
  { ...common, method: 'POST', path: `${one}/cancel`, action: action('cancel/action'), answer: cancel },
  {
    ...common,
    method: 'POST',
    path: `${one}/exportTemplate`,
    action: action('exportTemplate/action'),
    answer: (request, estate) => ({
      status: 200,
      body: { template: objectAt(requireDeployment(request, estate).source, 'template') },
    }),
  },
  ...[one, withoutProvider].flatMap((path): Route[] => [
    {
      ...common,
      method: 'GET',
      path: `${path}/operations`,
      action: action('operations/read'),
      answer: (request, estate) => page(request, describeSteps(requireDeployment(request, estate))),
    },
    {
      ...common,
      method: 'GET',
      path: `${path}/operations/:step`,
      action: action('operations/read'),
      answer(request, estate) {
        const id = request.parameters['step'] ?? ''
        const step = describeSteps(requireDeployment(request, estate)).find(({ operationId }) => operationId === id)
        if (!step) throw deploymentNotFound(id)
        return { status: 200, body: step }
      },
    },
  ]),
  {
    ...common,
    method: 'GET',
    path: `${one}/operationStatuses/:operation`,
    action: action('operationstatuses/read'),
    outlivesGroup: true,
    answer: (request, estate) => answerProgress(findOperation(request, estate), request, estate),
  },
]

function put(request: ArmRequest, estate: Estate): ArmAnswer {
  const previous = find(request, estate)
  if (previous?.running) throw deploymentActive(previous.name, previous.operation.startTime)
  const deployment = start(
    {
      id: idOf(request, estate),
      name: request.parameters['deployment'] ?? '',
      group: requireGroup(request.parameters['group'] ?? '', estate).name,
      template: readValidTemplate(request, estate),
      source: objectAt(request.body, 'properties'),
      request,
    },
    estate,
  )
  const status = `${deployment.id}/operationStatuses/${deployment.operation.id}`
  return {
    status: previous ? 200 : 201,
    headers: { 'azure-asyncoperation': signedUrl(request, status), ...estate.pace.retryAfter(15) },
    body: describe(deployment),
  }
}

function validate(request: ArmRequest, estate: Estate): ArmAnswer {
  const template = readValidTemplate(request, estate)
  const name = request.parameters['deployment'] ?? ''
  return {
    status: 200,
    body: {
      id: idOf(request, estate),
      name,
      type: 'Microsoft.Resources/deployments',
      properties: {
        ...describeTemplate(template, request.body),
        validatedResources: template.resources.map(({ id }) => ({ id })),
        provisioningState: 'Succeeded',
        timestamp: new Date().toISOString(),
        duration: 'PT0S',
        correlationId: request.correlationId,
      },
    },
  }
}

/** Reads the template and asks what can be known before anything is made. Throws an ArmFailure. */
function readValidTemplate(request: ArmRequest, estate: Estate): Template {
  const properties = objectAt(request.body, 'properties')
  const mode = textAt(properties, 'mode') ?? 'Incremental'
  if (!/^(?:incremental|complete)$/i.test(mode)) throw invalidDeploymentMode(mode)
  const template = readTemplate(properties, {
    group: requireGroup(request.parameters['group'] ?? '', estate),
    estate,
    deployment: request.parameters['deployment'] ?? '',
  })
  checkTemplate(template, request.parameters['deployment'] ?? '', request, estate)
  return template
}

function checkTemplate({ resources }: Template, deployment: string, request: ArmRequest, estate: Estate) {
  const single = resources.flatMap(resource => preflight(resource, request, estate) ?? [])
  const problems = single.length > 0 ? single : preflightTogether(resources, estate)
  if (problems.length > 0) throw invalidTemplateDeployment(deployment, problems)
}

function preflight(resource: DeclaredResource, request: ArmRequest, estate: Estate): ArmFailure | undefined {
  const { type, apiVersion, body } = resource
  if (isNested(type)) return undefined
  const found = findType(estate.providers, type)
  if (!found?.type.lifecycle) return preflightAddress(resource, request, estate)
  const [, ...names] = type.split('/')
  const { regions, apiVersions } = found.type
  const asked = textAt(body, 'location')
  const location = normalizeLocation(asked ?? regions[0] ?? 'global')
  if (!apiVersions.includes(apiVersion) && !(found.type.generic && versionPattern.test(apiVersion))) {
    return noRegisteredProvider(names.join('/'), location, apiVersion, apiVersions, regions)
  }
  if (asked && regions.length > 0 && !regions.includes(location))
    return locationNotAvailableForType(asked, type, regions)
  return undefined
}

/** A type without a lifecycle is made at its own address, as a subnet and a lock are; another is stored. */
function preflightAddress({ id, type, apiVersion }: DeclaredResource, { principal }: ArmRequest, estate: Estate) {
  const found = routeTo(id, apiVersion, principal, estate)
  if (found instanceof ArmFailure) return found
  const { apiVersions, action } = found.route
  const role = estate.roles.get(principal.objectId)
  if (!role || !allows(role, action)) return authorizationFailed(principal.client, principal.objectId, action, id)
  if (found.learn || apiVersions.includes(apiVersion.toLowerCase())) return undefined
  return noRegisteredProvider(type.slice(type.indexOf('/') + 1), 'global', apiVersion, apiVersions, [])
}

function routeTo(path: string, apiVersion: string, principal: Principal, estate: Estate): Found | ArmFailure {
  try {
    return findRoute({ method: 'PUT', path, apiVersion }, principal, estate)
  } catch (failure) {
    if (failure instanceof ArmFailure) return failure
    throw failure
  }
}

/** What is wrong with resources only together: they may exceed a quota. */
function preflightTogether(resources: readonly DeclaredResource[], estate: Estate): ArmFailure[] {
  const types = [...new Set(resources.map(({ type }) => type.toLowerCase()))]
  return types.flatMap(type => {
    const planned = resources
      .filter(one => one.type.toLowerCase() === type)
      .map(({ id, body }) => ({ id, location: normalizeLocation(textAt(body, 'location') ?? ''), body }))
    return findType(estate.providers, type)?.type.lifecycle?.preflight?.(planned, estate) ?? []
  })
}

type Order = Pick<Deployment, 'id' | 'name' | 'group' | 'template' | 'source' | 'request'>

function start(order: Order, estate: Estate): Deployment {
  const deployment: Deployment = {
    ...order,
    outputs: undefined,
    canceled: false,
    running: true,
    steps: [],
    operation: estate.operations.start(
      () => carryOut(deployment, estate),
      '0858' + randomBytes(8).readBigUInt64BE().toString(),
    ),
  }
  estate.deployments.set(deployment.id.toLowerCase(), deployment)
  return deployment
}

async function carryOut(deployment: Deployment, estate: Estate) {
  try {
    await estate.pace.pass(2)
    const endings = new Map<string, Promise<boolean>>()
    const ending = (resource: DeclaredResource): Promise<boolean> => {
      const known = endings.get(resource.id)
      if (known) return known
      const begun = deployAfter(resource, deployment, estate, ending)
      endings.set(resource.id, begun)
      return begun
    }
    await Promise.all(deployment.template.resources.map(ending))
    checkCanceled(deployment)
    checkSteps(deployment)
    if (isComplete(deployment)) await deleteOthers(deployment, estate)
    checkSteps(deployment)
    deployment.outputs = deployment.template.outputs()
    await estate.pace.pass(1)
    checkCanceled(deployment)
  } finally {
    deployment.running = false
  }
}

function checkSteps({ id, steps }: Deployment) {
  const failures = steps.flatMap(({ failure }) => failure ?? [])
  if (failures.length > 0) throw deploymentFailed(id, failures)
}

/** Whether the resource and all that it depends on could be deployed. */
async function deployAfter(
  resource: DeclaredResource,
  deployment: Deployment,
  estate: Estate,
  ending: (resource: DeclaredResource) => Promise<boolean>,
) {
  const first = deployment.template.resources.filter(({ id }) => resource.dependsOn.includes(id))
  const ready = await Promise.all(first.map(ending))
  if (deployment.canceled || ready.includes(false)) return false
  return deploy(resource, deployment, estate)
}

function deploy(resource: DeclaredResource, deployment: Deployment, estate: Estate): Promise<boolean> {
  return takeStep(deployment, 'Create', resource, step =>
    isNested(resource.type)
      ? deployNested(resource, deployment, estate)
      : putDeclared(resource, deployment, estate, step),
  )
}

/** Whether it went well; what came of it is in the step. */
async function takeStep(
  deployment: Deployment,
  does: DeploymentStep['does'],
  resource: DeploymentStep['resource'],
  act: (step: DeploymentStep) => Promise<void>,
): Promise<boolean> {
  const step: DeploymentStep = {
    id: randomBytes(8).toString('hex').toUpperCase(),
    does,
    resource,
    state: 'Running',
    startTime: new Date(),
    endTime: undefined,
    statusCode: does === 'Create' ? 'Created' : 'OK',
    failure: undefined,
  }
  deployment.steps.push(step)
  try {
    await act(step)
    step.state = 'Succeeded'
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error
    step.failure = error instanceof ArmFailure ? error : internalServerError()
    step.statusCode = statusNames[step.failure.status] ?? 'InternalServerError'
    step.state = 'Failed'
    return false
  } finally {
    step.endTime = new Date()
  }
}

const isComplete = ({ source }: Pick<Deployment, 'source'>) => textAt(source, 'mode')?.toLowerCase() === 'complete'

/**
 * In mode Complete, what the template doesn't declare goes, unless it belongs to something that stays, as a machine's disk
 * and a vault's policies do (azure/azure-resource-manager/templates/deployment-modes).
 */
async function deleteOthers(deployment: Deployment, estate: Estate) {
  const declared = idsIn(deployment, estate)
  const stays = (id: string) => declared.some(one => `${one}/`.startsWith(`${id.toLowerCase()}/`))
  const others = () =>
    resourcesIn(estate, deployment.group).filter(
      ({ id, type, beside }) =>
        type.split('/').length === 2 &&
        !stays(id) &&
        !(typeof beside['managedBy'] === 'string' && stays(beside['managedBy'])),
    )
  const found = others()
  const locked = new Map(found.map(({ id }) => [id, lockOn(estate, id)]))
  const blocked = await deleteAll(() => others().filter(({ id }) => !locked.get(id)), estate)
  const failures = new Map(blocked.map(({ id, failure }) => [id, failure]))
  for (const resource of found) {
    const failure = locked.get(resource.id) ?? failures.get(resource.id)
    await takeStep(deployment, 'Delete', resource, () => (failure ? Promise.reject(failure) : Promise.resolve()))
  }
}

function lockOn(estate: Estate, path: string): ArmFailure | undefined {
  try {
    checkLocks(estate, { method: 'DELETE', path })
    return undefined
  } catch (failure) {
    if (failure instanceof ArmFailure) return failure
    throw failure
  }
}

/** The ids of all that a deployment has made, nested deployments' included, in lower case. */
function idsIn({ template }: Pick<Deployment, 'template'>, estate: Estate): string[] {
  return template.resources.flatMap(({ id }) => {
    const nested = estate.deployments.get(id.toLowerCase())
    return [id.toLowerCase(), ...(nested ? idsIn(nested, estate) : [])]
  })
}

/** A template inside a template: a deployment of its own, in the same group or the one that it names. */
async function deployNested(resource: DeclaredResource, { group, request }: Deployment, estate: Estate) {
  const body = resource.finalBody()
  const target = requireGroup(textAt(body, 'resourceGroup') ?? group, estate)
  const source = objectAt(body, 'properties')
  const id = `${groupId(estate, target.name)}/providers/Microsoft.Resources/deployments/${resource.name}`
  const template = readTemplate(source, { group: target, estate, deployment: resource.name })
  checkTemplate(template, resource.name, request, estate)
  const nested = start({ id, name: resource.name, group: target.name, template, source, request }, estate)
  await nested.operation.finished
  if (nested.operation.failure) throw nested.operation.failure
}

async function putDeclared(resource: DeclaredResource, deployment: Deployment, estate: Estate, step: DeploymentStep) {
  const found = findType(estate.providers, resource.type)
  const group = requireGroup(deployment.group, estate)
  if (group.deletion) throw resourceGroupBeingDeleted(group.name)
  if (!found?.type.lifecycle) return putAtAddress(resource, deployment, estate, step)
  const kind = {
    fullName: `${found.provider.namespace}/${found.type.name}`,
    type: found.type,
    lifecycle: found.type.lifecycle,
  }
  const { id, name, apiVersion } = resource
  const body = resource.finalBody()
  checkLocks(estate, { method: 'PUT', path: id })
  const { operation, created } = putResource(kind, { group: group.name, name, apiVersion, body }, estate)
  step.statusCode = created ? 'Created' : 'OK'
  await operation?.finished
  if (operation?.failure) throw operation.failure
}

async function putAtAddress(
  { id: path, apiVersion, finalBody }: DeclaredResource,
  { request }: Deployment,
  estate: Estate,
  step: DeploymentStep,
) {
  checkLocks(estate, { method: 'PUT', path })
  const found = findRoute({ method: 'PUT', path, apiVersion }, request.principal, estate)
  found.learn?.()
  const unsaid = () => undefined
  const answer = await found.route.answer(
    {
      ...request,
      ...{ method: 'PUT', path, apiVersion, parameters: found.parameters, body: finalBody() },
      ...{ query: unsaid, header: unsaid },
    },
    estate,
  )
  step.statusCode = answer.status === 200 ? 'OK' : 'Created'
  const operation = operationIn(answer, estate)
  await operation?.finished
  if (operation?.failure) throw operation.failure
}

/** The operation whose address an answer gives. */
function operationIn({ headers = {} }: ArmAnswer, estate: Estate): Operation | undefined {
  const address = headers['azure-asyncoperation'] ?? headers['location']
  if (address === undefined) return undefined
  const { pathname } = new URL(address)
  return estate.operations.find(decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1)))
}

const statusNames: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
}

function checkCanceled(deployment: Deployment) {
  if (deployment.canceled) throw new Canceled()
}

function cancel(request: ArmRequest, estate: Estate): ArmAnswer {
  const deployment = requireDeployment(request, estate)
  if (!deployment.running) throw deploymentNotActive(deployment.name)
  deployment.canceled = true
  return { status: 204 }
}

function remove(request: ArmRequest, estate: Estate): ArmAnswer {
  const deployment = find(request, estate)
  if (!deployment) return { status: 204 }
  if (deployment.running) throw deploymentActive(deployment.name, deployment.operation.startTime)
  const operation = estate.operations.start(async () => {
    await estate.pace.pass(1)
    estate.deployments.delete(deployment.id.toLowerCase())
  })
  const path = `/subscriptions/${estate.subscription}/operationresults/${operation.id}`
  return { status: 202, headers: { location: signedUrl(request, path), ...estate.pace.retryAfter(15) } }
}

function list(request: ArmRequest, estate: Estate): ArmAnswer {
  const { name } = requireGroup(request.parameters['group'] ?? '', estate)
  const found = [...estate.deployments.values()].filter(({ group }) => group === name)
  return page(request, found.reverse().map(describe))
}

/** Forgets a group's deployments: they go with it. */
export function dropDeployments(estate: Estate, group: string) {
  for (const [key, deployment] of estate.deployments) {
    if (deployment.group.toLowerCase() === group.toLowerCase()) estate.deployments.delete(key)
  }
}

function answerProgress(operation: Operation, request: ArmRequest, estate: Estate): ArmAnswer {
  if (operation.status === 'InProgress') {
    const headers = { 'azure-asyncoperation': signedUrl(request, request.path), ...estate.pace.retryAfter(15) }
    return { status: 200, headers, body: { status: 'Running' } }
  }
  const error = operation.failure?.error
  return { status: 200, body: { status: operation.status, ...(error ? { error } : {}) } }
}

function describe(deployment: Deployment): JsonObject {
  const { id, name, template, operation, source, request } = deployment
  const state = stateOf(deployment)
  return {
    id,
    name,
    type: 'Microsoft.Resources/deployments',
    properties: {
      ...describeTemplate(template, { properties: source }),
      provisioningState: state,
      timestamp: (operation.endTime ?? new Date()).toISOString(),
      duration: duration(operation.startTime, operation.endTime),
      correlationId: request.correlationId,
      ...(state === 'Succeeded'
        ? {
            outputs: deployment.outputs ?? {},
            outputResources: template.resources.map(resource => ({ id: resource.id })),
          }
        : {}),
      ...(operation.failure ? { error: operation.failure.error } : {}),
    },
  }
}

function stateOf({ operation, steps }: Deployment) {
  if (operation.status !== 'InProgress') return operation.status
  return steps.length > 0 ? 'Running' : 'Accepted'
}

function describeTemplate(template: Template, body: JsonObject): JsonObject {
  const properties = objectAt(body, 'properties')
  return {
    templateHash: template.hash,
    parameters: template.parameters,
    mode: textAt(properties, 'mode') ?? 'Incremental',
    providers: describeProviders(template.resources),
    dependencies: template.resources
      .filter(({ dependsOn }) => dependsOn.length > 0)
      .map(resource => ({
        dependsOn: template.resources.filter(({ id }) => resource.dependsOn.includes(id)).map(describeTarget),
        ...describeTarget(resource),
      })),
  }
}

function describeProviders(resources: readonly DeclaredResource[]) {
  const namespaces = [...new Set(resources.map(({ type }) => type.split('/')[0] ?? ''))]
  return namespaces.map(namespace => ({
    namespace,
    resourceTypes: resources
      .filter(({ type }) => type.startsWith(`${namespace}/`))
      .map(({ type, body }) => ({
        resourceType: type.slice(namespace.length + 1),
        locations: [normalizeLocation(textAt(body, 'location') ?? 'global')],
      })),
  }))
}

function describeTarget({ id, type, name }: DeploymentStep['resource']) {
  return { id, resourceType: type, resourceName: name }
}

/** One entry per resource; a deployment that went well ends with the evaluation of its outputs. */
function describeSteps(deployment: Deployment) {
  const steps = deployment.steps.map(step => {
    const { id, does, resource, state, startTime, endTime, statusCode, failure } = step
    return {
      id: `${deployment.id}/operations/${id}`,
      operationId: id,
      properties: {
        provisioningOperation: does,
        provisioningState: state,
        timestamp: (endTime ?? startTime).toISOString(),
        duration: duration(startTime, endTime),
        trackingId: randomUUID(),
        statusCode,
        ...(failure ? { statusMessage: { status: 'Failed', error: failure.error } } : {}),
        targetResource: describeTarget(resource),
      },
    }
  })
  if (deployment.operation.status !== 'Succeeded') return steps
  const id = '08' + deployment.operation.id
  const last = {
    id: `${deployment.id}/operations/${id}`,
    operationId: id,
    properties: {
      provisioningOperation: 'EvaluateDeploymentOutput',
      provisioningState: 'Succeeded',
      timestamp: (deployment.operation.endTime ?? new Date()).toISOString(),
      duration: 'PT0S',
      trackingId: randomUUID(),
      statusCode: 'OK',
    },
  }
  return [last, ...steps]
}

/** ISO 8601: `PT1.234S` */
function duration(start: Date, end = new Date()) {
  return `PT${(end.getTime() - start.getTime()) / 1000}S`
}

function find(request: ArmRequest, estate: Estate) {
  return estate.deployments.get(idOf(request, estate).toLowerCase())
}

function requireDeployment(request: ArmRequest, estate: Estate): Deployment {
  const deployment = find(request, estate)
  if (!deployment) throw deploymentNotFound(request.parameters['deployment'] ?? '')
  return deployment
}

function requireGroup(name: string, estate: Estate): ResourceGroup {
  const group = findGroup(estate, name)
  if (!group) throw resourceGroupNotFound(name)
  return group
}

function idOf({ parameters }: ArmRequest, estate: Estate) {
  const group = findGroup(estate, parameters['group'] ?? '')?.name ?? ''
  return `${groupId(estate, group)}/providers/Microsoft.Resources/deployments/${parameters['deployment'] ?? ''}`
}
