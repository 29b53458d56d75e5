import type { Estate, Lock } from './estate.ts'
import { invalidRequestContent, lockNotFound, resourceNotFound, scopeLocked } from './failures.ts'
import type { ArmRequest } from './request.ts'
import { objectAt, textAt } from './request.ts'
import type { Route } from './route.ts'

const lockPath = /\/providers\/microsoft\.authorization\/locks(\/|$)/i
export const lockVersions = ['2020-05-01', '2017-04-01', '2016-09-01', '2015-01-01']
const one = '/:scope*/providers/Microsoft.Authorization/locks/:lock'

/** Management locks at any scope: a subscription, a group, a resource. */
export const lockRoutes: readonly Route[] = [
  {
    method: 'PUT',
    path: one,
    apiVersions: lockVersions,
    action: 'Microsoft.Authorization/locks/write',
    async answer(request, estate) {
      const lock = readLock(request)
      await checkScope(lock.scope, request, estate)
      const known = estate.locks.has(lock.id.toLowerCase())
      estate.locks.set(lock.id.toLowerCase(), lock)
      return { status: known ? 200 : 201, body: describeLock(lock) }
    },
  },
  {
    method: 'GET',
    path: one,
    apiVersions: lockVersions,
    action: 'Microsoft.Authorization/locks/read',
    answer(request, estate) {
      const lock = estate.locks.get(request.path.toLowerCase())
      if (!lock) throw lockNotFound(request.parameters['lock'] ?? '')
      return { status: 200, body: describeLock(lock) }
    },
  },
  {
    method: 'DELETE',
    path: one,
    apiVersions: lockVersions,
    action: 'Microsoft.Authorization/locks/delete',
    answer: (request, estate) => ({ status: estate.locks.delete(request.path.toLowerCase()) ? 200 : 204 }),
  },
  {
    method: 'GET',
    path: '/:scope*/providers/Microsoft.Authorization/locks',
    apiVersions: lockVersions,
    action: 'Microsoft.Authorization/locks/read',
    answer(request, estate) {
      const scope = '/' + (request.parameters['scope'] ?? '')
      const locks = [...estate.locks.values()].filter(lock => touches(lock, scope))
      return { status: 200, body: { value: locks.map(describeLock) } }
    },
  },
]

/**
 * Throws ScopeLocked when a lock forbids the request: one on the scope or around it, and for a deletion also one inside
 * it. Locks themselves can always be removed.
 */
export function checkLocks(estate: Estate, { method, path }: Pick<ArmRequest, 'method' | 'path'>) {
  if (method === 'GET' || method === 'HEAD' || lockPath.test(path)) return
  const locks = [...estate.locks.values()]
  const forbidding =
    method === 'DELETE'
      ? locks.filter(({ scope }) => contains(scope, path) || contains(path, scope))
      : locks.filter(({ scope, level }) => level === 'ReadOnly' && contains(scope, path))
  if (forbidding.length === 0) return
  const scopes = forbidding.map(({ scope }) => scope)
  throw scopeLocked(path, scopes, method === 'DELETE' ? 'delete' : 'write')
}

/** Takes the locks away that hung on something that is gone. */
export function dropLocks(estate: Estate, scope: string) {
  for (const [key, lock] of estate.locks) {
    if (contains(scope, lock.scope)) estate.locks.delete(key)
  }
}

/** What isn't there can't be locked: throws the 404 that the scope's own address answers. */
async function checkScope(scope: string, request: ArmRequest, estate: Estate) {
  const [, resource] = /^\/subscriptions\/[^/]+(?:\/resourcegroups\/[^/]+)?(\/providers\/.+)?$/i.exec(scope) ?? []
  if (resource === undefined) return
  const match = estate.routes.find(scope, 'GET')
  if (!match)
    throw resourceNotFound(
      resource.slice('/providers/'.length),
      lastOf(scope),
      lastOf(scope.slice(0, -resource.length)),
    )
  const { route, parameters } = match
  await route.answer({ ...request, method: 'GET', path: scope, parameters, body: {}, query: () => undefined }, estate)
}

const lastOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/** REST API "Management Locks - Create Or Update", parameter `lockName`. */
const lockName = /^[^<>%&:\\?/\u0000-\u001f]{1,260}$/

function readLock(request: ArmRequest): Lock {
  const properties = objectAt(request.body, 'properties')
  const level = textAt(properties, 'level')
  if (level !== 'CanNotDelete' && level !== 'ReadOnly') {
    throw invalidRequestContent(`The lock level '${level ?? ''}' is not one of 'CanNotDelete' and 'ReadOnly'.`)
  }
  const name = request.parameters['lock'] ?? ''
  if (!lockName.test(name)) {
    throw invalidRequestContent(
      `The lock name '${name}' is invalid: it has at most 260 characters and none of <, >, %, &, :, \\, ?, / or control characters.`,
    )
  }
  return {
    id: request.path,
    name,
    scope: '/' + (request.parameters['scope'] ?? ''),
    level,
    notes: textAt(properties, 'notes'),
  }
}

function describeLock({ id, name, level, notes }: Lock) {
  return { id, name, type: 'Microsoft.Authorization/locks', properties: { level, ...(notes ? { notes } : {}) } }
}

/** What a list at a scope shows: the locks there, around it and below it. */
function touches(lock: Lock, scope: string) {
  return contains(lock.scope, scope) || contains(scope, lock.scope)
}

function contains(outer: string, inner: string) {
  return `${inner}/`.toLowerCase().startsWith(`${outer}/`.toLowerCase())
}
