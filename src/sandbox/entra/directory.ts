/** A program that may ask for tokens in its own name, or send people to the sign-in pages. */
export interface Application {
  clientId: string
  clientSecret: string
  /** The object id of its service principal: `oid` of its tokens. */
  objectId: string
  name: string
  redirectUris: readonly string[]
}

export interface Person {
  userName: string
  password: string
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

export function findApplication(directory: Directory, clientId: string) {
  return directory.applications.find(application => application.clientId === clientId.toLowerCase())
}

export function findPerson(directory: Directory, userName: string) {
  return directory.people.find(person => person.userName.toLowerCase() === userName.trim().toLowerCase())
}
