/** Where the rest of the cloud is. */
export interface Endpoints {
  portal: string
  entra: string
  audience: string
  tenant: string
}

/**
 * What a tool learns that is given nothing but Resource Manager's address. The oldest form is az's, which needs the
 * `/adfs` authority to stay with a private host (azure-facts.md §5); since 2019-05-01 it is a list of clouds.
 */
export function describeEndpoints({ portal, entra, audience, tenant }: Endpoints, apiVersion: string) {
  const audiences = [audience, `${audience}/`]
  if (apiVersion < '2019-05-01') {
    return {
      galleryEndpoint: `${portal}/gallery/`,
      graphEndpoint: `${entra}/graph/`,
      portalEndpoint: `${portal}/`,
      authentication: { loginEndpoint: `${entra}/adfs`, audiences },
    }
  }
  return [
    {
      name: 'sandbox',
      portal,
      authentication: { loginEndpoint: entra, audiences, tenant, identityProvider: 'AAD' },
      resourceManager: audience,
      graph: `${entra}/graph/`,
      suffixes: {},
    },
  ]
}
