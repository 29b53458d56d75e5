import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Pace } from '../pace.ts'
import type { Bindings } from '../request-log.ts'
import type { Authenticate } from './authentication.ts'
import type { Estate } from './estate.ts'
import { ArmFailure } from './failure.ts'
import { internalServerError, invalidRequestContent } from './failures.ts'
import { admit } from './front-door.ts'
import type { House, Knock } from './front-door.ts'
import { groupRoutes } from './group.ts'
import type { Endpoints } from './endpoints.ts'
import { describeEndpoints } from './endpoints.ts'
import { commonHeaders } from './headers.ts'
import { parseLenientJson } from './lenient-json.ts'
import { createOperations } from './operation.ts'
import type { Provider } from './provider.ts'
import { providerRoutes } from './provider-list.ts'
import { createProviders } from './providers/providers.ts'
import { createRateLimits } from './rate-limit.ts'
import type { ArmAnswer, Json, JsonObject } from './request.ts'
import { isObject } from './request.ts'
import { resourceListRoutes } from './resource-list.ts'
import { resourceRoutes } from './resource.ts'
import type { Role } from './role.ts'
import { createRouteTable } from './route.ts'
import type { RouteTable } from './route.ts'
import { subscriptionRoutes } from './subscription.ts'

export interface ResourceManagerSettings {
  tenant: string
  subscriptions: readonly SubscriptionSettings[]
  authenticate: Authenticate
  endpoints: Endpoints
  pace: Pace
}

export interface SubscriptionSettings {
  /** In lower case. */
  id: string
  name: string
  /** By object id. */
  roles: Readonly<Record<string, Role>>
}

/** The sandbox's Azure Resource Manager, with empty subscriptions, which share nothing but the names that all of Azure shares. */
export function createResourceManagerApp(settings: ResourceManagerSettings): Hono {
  const open = openEstates(createEstates(settings))
  const limits = createRateLimits(settings.pace)
  const app = new Hono()
  app.get('/metadata/endpoints', context =>
    context.json(describeEndpoints(settings.endpoints, context.req.query('api-version') ?? '')),
  )
  app.all('*', async context => {
    const correlationId = context.req.header('x-ms-correlation-request-id') ?? randomUUID()
    let left: Record<string, string> = {}
    const requestId = randomUUID()
    const bindings = context.env as Bindings | undefined
    if (bindings) bindings.identifiers = { correlationRequestId: correlationId, requestId }
    const dress = (answer: ArmAnswer) =>
      respond(answer, { ...commonHeaders(context.req, correlationId, requestId), ...left })
    try {
      const principal = await settings.authenticate(context.req.header('authorization'))
      const knock = await readRequest(context, correlationId)
      const count = (subscription?: string) => (left = limits.spend(knock, principal, subscription))
      const { route, request, estate } = admit(knock, principal, { open, count })
      if (route.type) left = { ...left, ...limits.spendProvider(route.action, estate.subscription) }
      return dress(await route.answer(request, estate))
    } catch (error) {
      return dress(describeFailure(error))
    }
  })
  return app
}

function openEstates(estates: readonly Estate[]): House['open'] {
  return ({ objectId }, subscription) =>
    subscription === undefined
      ? (estates.find(({ roles }) => roles.has(objectId)) ?? estates[0])
      : estates.find(one => one.subscription === subscription)
}

function createRoutes(providers: readonly Provider[]) {
  return createRouteTable([
    ...subscriptionRoutes,
    ...groupRoutes,
    ...resourceListRoutes,
    ...providerRoutes,
    ...providers.flatMap(provider =>
      provider.types.flatMap(type => [...(type.routes ?? []), ...resourceRoutes(provider, type)]),
    ),
  ])
}

function createEstates({ tenant, subscriptions, pace }: ResourceManagerSettings): readonly Estate[] {
  const estates: Estate[] = []
  for (const settings of subscriptions) estates.push(createEstate(settings, { tenant, estates, pace }))
  return estates
}

function createEstate(
  { id, name, roles }: SubscriptionSettings,
  shared: Pick<Estate, 'tenant' | 'estates' | 'pace'>,
): Estate {
  const providers = createProviders()
  let routes: RouteTable | undefined
  return {
    ...shared,
    subscription: id,
    subscriptionName: name,
    roles: new Map(Object.entries(roles)),
    groups: new Map(),
    resources: new Map(),
    locks: new Map(),
    deployments: new Map(),
    tags: {},
    tagNames: new Map(),
    providers,
    get routes() {
      return (routes ??= createRoutes(providers))
    },
    unregistered: new Set(),
    operations: createOperations(),
  }
}

async function readRequest(context: Context, correlationId: string): Promise<Knock> {
  const url = new URL(context.req.url)
  const query = new Map([...url.searchParams].map(([name, value]) => [name.toLowerCase(), value]))
  return {
    method: context.req.method,
    origin: url.origin,
    path: '/' + url.pathname.split('/').filter(Boolean).map(decode).join('/'),
    query: name => query.get(name.toLowerCase()),
    header: name => context.req.header(name),
    apiVersion: query.get('api-version') ?? '',
    body: await readBody(context),
    correlationId,
  }
}

function decode(segment: string) {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw invalidRequestContent(`The path segment '${segment}' is not well-formed.`)
  }
}

async function readBody(context: Context): Promise<JsonObject> {
  if (context.req.method === 'GET' || context.req.method === 'HEAD') return {}
  const text = await context.req.text()
  if (text.trim() === '') return {}
  const body = parse(text)
  if (!isObject(body)) throw invalidRequestContent('Expected an object.')
  return body
}

function parse(text: string): Json {
  try {
    return parseLenientJson(text)
  } catch (error) {
    throw invalidRequestContent(error instanceof Error ? error.message : String(error))
  }
}

function describeFailure(error: unknown): ArmAnswer {
  const failure = error instanceof ArmFailure ? error : internalServerError()
  return {
    status: failure.status,
    headers: { 'x-ms-failure-cause': failure.source, ...failure.headers },
    body: { error: failure.error },
  }
}

function respond({ status, body, headers }: ArmAnswer, common: Record<string, string>) {
  const text = body === undefined ? null : JSON.stringify(body)
  const content: Record<string, string> = text === null ? {} : { 'content-type': 'application/json; charset=utf-8' }
  return new Response(text, { status, headers: { ...common, ...content, ...headers } })
}
