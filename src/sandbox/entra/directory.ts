import type { JSONWebKeySet } from 'jose'
import { disabledApplication, unknownApplication } from './error.ts'

/** A program that may ask for tokens in its own name, or send people to the sign-in pages. */
export interface Application {
  clientId: string
  clientSecret: string
  /** When the secret is over; never, where it is left out. */
  secretEnds?: Date
  /** Nobody gets a token through it. */
  disabled?: boolean
  /** PEM of the certificate whose key may sign for the application, without that key. */
  certificate?: string
  federatedCredentials?: readonly FederatedCredential[]
  /** The object id of its service principal: `oid` of its tokens. */
  objectId: string
  name: string
  redirectUris: readonly string[]
}

/** Whom else an application believes when it is told that somebody is the application: a workload of another issuer. */
export interface FederatedCredential {
  issuer: string
  subject: string
  audience: string
  /** What the issuer publishes. Real Entra fetches it; this one goes nowhere. */
  keys: JSONWebKeySet
}

export interface Person {
  userName: string
  password: string
  /** Base32. With one, a password alone does not sign the person in. */
  totpSecret?: string
  /** Blocked from signing in, also where a refresh token is left from before. */
  disabled?: boolean
  objectId: string
  name: string
}

/** One tenant and everybody in it. */
export interface Directory {
  tenant: string
  tenantName: string
  tenantDomain: string
  applications: readonly Application[]
  people: readonly Person[]
  /** The identifiers of the services for which tokens can be had, without a trailing slash. */
  resources: readonly string[]
}

/** Names that stand for "the caller's own tenant"; `adfs` is what az needs to find a private cloud (azure-facts.md §5). */
const anyTenant = new Set(['organizations', 'common', 'adfs'])

export function isTenant(directory: Directory, segment: string) {
  const name = segment.toLowerCase()
  return name === directory.tenant || name === directory.tenantDomain.toLowerCase() || anyTenant.has(name)
}

/** Whether tokens can be had for a service, written with or without a trailing slash. */
export function isResource(directory: Directory, resource: string) {
  return directory.resources.includes(resource.replace(/\/$/, ''))
}

/** Throws an EntraError for one that isn't here or may not be used, whatever its secret. */
export function requireApplication(directory: Directory, clientId: string): Application {
  const application = directory.applications.find(one => one.clientId === clientId.toLowerCase())
  if (!application) throw unknownApplication(clientId, directory.tenantName)
  if (application.disabled) throw disabledApplication(application)
  return application
}

export function findPerson(directory: Directory, userName: string) {
  return directory.people.find(person => person.userName.toLowerCase() === userName.trim().toLowerCase())
}
