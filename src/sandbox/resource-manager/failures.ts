import { randomUUID } from 'node:crypto'
import { ArmFailure } from './failure.ts'

/** Every error that Resource Manager answers, worded as in azure-facts.md §4.2. */

export const resourceGroupNotFound = (group: string) =>
  gateway(404, 'ResourceGroupNotFound', `Resource group '${group}' could not be found.`)

export const resourceNotFound = (type: string, name: string, group: string) =>
  gateway(
    404,
    'ResourceNotFound',
    `The Resource '${type}/${name}' under resource group '${group}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  )

export const parentNotFound = (parent: string) =>
  gateway(
    404,
    'ParentResourceNotFound',
    `Can not perform requested operation on nested resource. Parent resource '${parent}' not found.`,
  )

export const subscriptionNotFound = (subscription: string) =>
  gateway(404, 'SubscriptionNotFound', `The subscription '${subscription}' could not be found.`)

export const missingSubscription = () =>
  gateway(
    404,
    'MissingSubscription',
    'The request did not have a subscription or a valid tenant level resource provider.',
  )

export const invalidResourceGroup = (name: string, characters: string) =>
  gateway(
    400,
    'InvalidResourceGroup',
    `The provided resource group name '${name}' has these invalid characters: '${characters}'. The name can only be a letter, digit, '-', '.', '(', ')' or '_'. For more details, visit https://aka.ms/ResourceGroupNamingRestrictions .`,
  )

export const invalidResourceGroupEnd = (name: string) =>
  gateway(400, 'InvalidResourceGroup', `The provided resource group name '${name}' ends with a period. Remove it.`)

export const resourceGroupNameTooLong = (name: string) =>
  gateway(
    400,
    'InvalidResourceGroup',
    `The provided resource group name '${name}' has ${name.length} characters, the limit is 90.`,
  )

export const invalidResourceGroupLocation = (location: string, existing: string) =>
  gateway(
    409,
    'InvalidResourceGroupLocation',
    `Invalid resource group location '${location}'. The Resource group already exists in location '${existing}'.`,
  )

export const locationNotAvailableForGroup = (location: string, regions: readonly string[]) =>
  gateway(
    400,
    'LocationNotAvailableForResourceGroup',
    `The provided location '${location}' is not available for resource group. List of available regions is '${regions.join(',')}'.`,
  )

export const locationNotAvailableForType = (location: string, type: string, regions: readonly string[]) =>
  gateway(
    400,
    'LocationNotAvailableForResourceType',
    `The provided location '${location}' is not available for resource type '${type}'. List of available regions for the resource type is '${regions.join(',')}'.`,
  )

export const locationRequired = () =>
  gateway(400, 'LocationRequired', 'The location property is required for this definition.')

export const invalidResourceLocation = (name: string, existing: string, group: string, location: string) =>
  gateway(
    409,
    'InvalidResourceLocation',
    `The resource '${name}' already exists in location '${existing}' in resource group '${group}'. A resource with the same name cannot be created in location '${location}'. Please select a new resource name.`,
  )

export const noRegisteredProvider = (
  type: string,
  location: string,
  version: string,
  versions: readonly string[],
  regions: readonly string[],
) =>
  gateway(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for location '${location}' and API version '${version}' for type '${type}'. The supported api-versions are '${versions.join(', ')}'. The supported locations are '${regions.join(', ')}'.`,
  )

export const invalidApiVersion = (version: string, versions: readonly string[]) =>
  gateway(
    400,
    'InvalidApiVersionParameter',
    `The api-version '${version}' is invalid. The supported versions are '${versions.join(',')}'.`,
  )

export const missingApiVersion = () =>
  gateway(
    400,
    'MissingApiVersionParameter',
    'The api-version query parameter (?api-version=) is required for all requests.',
  )

export const invalidNamespace = (namespace: string) =>
  gateway(404, 'InvalidResourceNamespace', `The resource namespace '${namespace}' is invalid.`)

export const invalidType = (type: string, namespace: string, version: string) =>
  gateway(
    404,
    'InvalidResourceType',
    `The resource type '${type}' could not be found in the namespace '${namespace}' for api version '${version}'.`,
  )

export const notRegistered = (namespace: string) =>
  gateway(
    409,
    'MissingSubscriptionRegistration',
    `The subscription is not registered to use namespace '${namespace}'. See https://aka.ms/rps-not-found for how to register subscriptions.`,
  )

export const unknownPath = (path: string) => gateway(404, 'NotFound', `The sandbox does not know the path '${path}'.`)

export const methodNotAllowed = (method: string) =>
  gateway(405, 'HttpMethodNotSupported', `The http method '${method}' is not supported for this resource.`)

export const invalidRequestContent = (reason: string) =>
  gateway(400, 'InvalidRequestContent', `The request content was invalid and could not be deserialized: '${reason}'.`)

export const invalidProvisioningState = (id: string) =>
  gateway(
    400,
    'InvalidRequestContent',
    `The provisioningState of '${id}' is read-only: it cannot be changed by a request.`,
  )

export const authorizationFailed = (client: string, objectId: string, action: string, scope: string) =>
  gateway(
    403,
    'AuthorizationFailed',
    `The client '${client}' with object id '${objectId}' does not have authorization to perform action '${action}' over scope '${scope}' or the scope is invalid. If access was recently granted, please refresh your credentials.`,
  )

export const preconditionFailed = (condition: string) =>
  gateway(
    412,
    'PreconditionFailed',
    `The condition '${condition}' in the If-Match header was not satisfied by the current version of the resource.`,
  )

export const preconditionNotMet = (id: string) =>
  gateway(412, 'PreconditionFailed', `The condition '*' in the If-None-Match header was not satisfied: '${id}' exists.`)

/** `headers` say when to come back, and that nothing is left until then. */
export const requestsThrottled = (
  subscription: string,
  operation: string,
  seconds: number,
  headers: Record<string, string>,
) =>
  new ArmFailure(
    429,
    {
      code: 'SubscriptionRequestsThrottled',
      message: `Number of requests for subscription '${subscription}' and operation '${operation}' exceeded the backend storage limit. Please try again after '${seconds}' seconds.`,
    },
    'gateway',
    headers,
  )

export const providerThrottled = (
  action: string,
  { capacity, seconds, wait }: { capacity: number; seconds: number; wait: number },
  headers: Record<string, string>,
) =>
  new ArmFailure(
    429,
    {
      code: 'ResourceRequestsThrottled',
      message: `Number of requests for action '${action}' exceeded the limit of '${capacity}' for time interval '00:${String(seconds / 60).padStart(2, '0')}:00'. Please try again after '${wait}' seconds.`,
    },
    'service',
    headers,
  )

export const resourceGroupBeingDeleted = (group: string) =>
  gateway(
    409,
    'ResourceGroupBeingDeleted',
    `The resource group '${group}' is in deprovisioning state and cannot perform this operation.`,
  )

export const scopeLocked = (scope: string, locks: readonly string[], operation: 'delete' | 'write') =>
  gateway(
    409,
    'ScopeLocked',
    `The scope '${scope}' cannot perform ${operation} operation because following scope(s) are locked: '${locks.join(',')}'. Please remove the lock and try again.`,
  )

export const lockNotFound = (name: string) => gateway(404, 'LockNotFound', `The lock '${name}' could not be found.`)

/** `blocked` are resources and why each could not be deleted. */
export const resourceGroupDeletionBlocked = (
  group: string,
  trackingId: string,
  blocked: readonly { id: string; identifier: string; failure: ArmFailure }[],
) =>
  new ArmFailure(409, {
    code: 'ResourceGroupDeletionBlocked',
    message: `Deletion of resource group '${group}' failed as resources with identifiers '${blocked.map(({ identifier }) => identifier).join(',')}' could not be deleted. The provisioning state of the resource group will be rolled back. The tracking Id is '${trackingId}'. Please check audit logs for more details.`,
    details: blocked.map(({ id, failure }) => ({
      code: failure.error.code,
      target: id,
      message: JSON.stringify({ error: failure.error }),
    })),
  })

export const deploymentNotFound = (name: string) =>
  gateway(404, 'DeploymentNotFound', `Deployment '${name}' could not be found.`)

export const deploymentActive = (name: string, since: Date) => {
  const expires = new Date(since.getTime() + 7 * 24 * 60 * 60 * 1000)
  return gateway(
    409,
    'DeploymentActive',
    `Unable to edit or replace deployment '${name}': previous deployment from '${since.toISOString()}' is still active (expiration time is '${expires.toISOString()}'). Please see https://aka.ms/arm-deploy for usage details.`,
  )
}

export const deploymentNotActive = (name: string) =>
  gateway(
    409,
    'DeploymentCannotBeCancelled',
    `The deployment '${name}' cannot be cancelled: it is not running any more.`,
  )

/** The words of these are the sandbox's own; the limits are Azure's. */
export const tooManyTags = (count: number) =>
  gateway(400, 'InvalidTags', `The resource has ${count} tags. The maximum is 50.`)

export const invalidTagCharacters = (name: string) =>
  gateway(
    400,
    'InvalidTagNameCharacters',
    `The tag names '${name}' have reserved characters '<,>,%,&,\\,?,/' or control characters.`,
  )

export const invalidTagName = (name: string) =>
  gateway(400, 'InvalidTagName', `The tag name '${name.slice(0, 40)}' is invalid. It has 1 to 512 characters.`)

export const invalidTagValue = (name: string) =>
  gateway(400, 'InvalidTagValue', `The value of the tag '${name}' is too long. It has at most 256 characters.`)

export const duplicateTag = (name: string) =>
  gateway(400, 'InvalidTags', `The tag '${name}' is there more than once. Names of tags are the same in any case.`)

/** The words are the sandbox's own: no recording of them is known. */
export const tagNameNotFound = (name: string) =>
  gateway(404, 'TagNameNotFound', `The tag name '${name}' was not found.`)

/** The words are the sandbox's own: no recording of them is known. */
export const tagNameInUse = (name: string) =>
  gateway(409, 'TagNameInUse', `The tag '${name}' is in use, and can't be deleted.`)

export const invalidTemplate = (reason: string) =>
  gateway(400, 'InvalidTemplate', `Deployment template validation failed: '${reason}'.`)

export const invalidDeploymentMode = (mode: string) =>
  gateway(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: 'Error converting value "${mode}" to type 'DeploymentMode'. Path 'properties.mode'.'.`,
  )

export const invalidTemplateDeployment = (name: string, problems: readonly ArmFailure[]) =>
  new ArmFailure(400, {
    code: 'InvalidTemplateDeployment',
    message: `The template deployment '${name}' is not valid according to the validation procedure. The tracking id is '${randomUUID()}'. See inner errors for details.`,
    details: problems.map(({ error }) => error),
  })

export const deploymentFailed = (id: string, failures: readonly ArmFailure[]) =>
  new ArmFailure(409, {
    code: 'DeploymentFailed',
    target: id,
    message:
      'At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.',
    details: failures.map(({ error }) => error),
  })

export const internalServerError = () =>
  gateway(500, 'InternalServerError', 'The sandbox met an unexpected error. This is a defect of the sandbox.')

function gateway(status: number, code: string, message: string) {
  return new ArmFailure(status, { code, message })
}
