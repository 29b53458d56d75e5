import { expect, test } from '@playwright/test'
import { ArmError, armError, isEnvironmental } from '../../src/cloud/arm-error.ts'

const environmental: [what: string, code: string, status: number | undefined, environmental: boolean][] = [
  ['a wrong secret', 'AADSTS7000215', 401, true],
  ['an unknown tenant', 'AADSTS90002', undefined, true],
  ['a token that is not accepted', 'InvalidAuthenticationToken', 401, true],
  ['a missing permission', 'AuthorizationFailed', 403, true],
  ['a subscription that is not there', 'SubscriptionNotFound', 404, true],
  ['a provider that is not registered', 'MissingSubscriptionRegistration', 409, true],
  ['throttling', 'TooManyRequests', 429, true],
  ['a request that took too long', 'RequestTimeout', 408, true],
  ['an outage', 'InternalServerError', 500, true],
  ['a gateway’s outage', 'ServiceUnavailable', 503, true],
  ['a used-up quota', 'QuotaExceeded', 409, true],
  ['a used-up quota of cores', 'OperationNotAllowedQuotaExceeded', 409, true],
  ['a refused connection', 'ECONNREFUSED', undefined, true],
  ['a broken connection', 'ECONNRESET', undefined, true],
  ['a host without address', 'ENOTFOUND', undefined, true],
  ['a slow network', 'ETIMEDOUT', undefined, true],
  ['a name server that does not answer', 'EAI_AGAIN', undefined, true],
  ['a network that is down', 'ENETUNREACH', undefined, true],
  ['a file that is not there', 'ENOENT', undefined, false],
  ['a file that may not be read', 'EACCES', undefined, false],
  ['an untrusted certificate', 'SELF_SIGNED_CERT_IN_CHAIN', undefined, true],
  ['another untrusted certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, true],
  ['a failed request', 'REQUEST_SEND_ERROR', undefined, true],
  ['an abort', 'Aborted', undefined, true],
  ['a missing group', 'ResourceGroupNotFound', 404, false],
  ['a missing resource', 'ResourceNotFound', 404, false],
  ['a region that the type is not offered in', 'LocationNotAvailableForResourceType', 400, false],
  ['a name that is not valid', 'InvalidResourceName', 400, false],
  ['a property that is not valid', 'InvalidRequestContent', 400, false],
  ['another region than before', 'InvalidResourceLocation', 409, false],
  ['a lock', 'ScopeLocked', 409, false],
  ['a policy', 'RequestDisallowedByPolicy', 403, true],
  ['a failed deployment', 'DeploymentFailed', undefined, false],
  ['nothing that anybody knows', 'Unknown', undefined, false],
]

for (const [what, code, status, expected] of environmental)
  test(`puts ${what} down to ${expected ? 'the surroundings' : 'what was asked'}`, () => {
    expect(isEnvironmental(new ArmError('words', { code, status }))).toBe(expected)
  })

test('leaves an error alone that has been told already', () => {
  const told = new ArmError('words', { code: 'Conflict', status: 409 })
  expect(armError(told)).toBe(told)
})

test('keeps code, status, request and cause of a client’s error', () => {
  const raw = Object.assign(new Error('Gone.'), {
    code: 'ResourceNotFound',
    statusCode: 404,
    response: { headers: new Map([['x-ms-request-id', 'request-1']]) },
  })
  expect(armError(raw)).toMatchObject({
    message: 'Gone.',
    code: 'ResourceNotFound',
    status: 404,
    requestId: 'request-1',
    cause: raw,
  })
})

const shapes: [what: string, error: unknown, code: string, message: string][] = [
  [
    'a long-running operation that failed',
    new Error('The long-running operation has failed. SkuNotAvailable. The SKU is sold out.'),
    'SkuNotAvailable',
    'The SKU is sold out.',
  ],
  [
    'Entra’s refusal in words only',
    new Error('invalid_client: 7000215 - AADSTS7000215: Invalid client secret provided.'),
    'AADSTS7000215',
    'invalid_client: 7000215 - AADSTS7000215: Invalid client secret provided.',
  ],
  [
    'several credentials that all failed',
    Object.assign(new Error('all failed'), {
      errors: [Object.assign(new Error('AADSTS90002: Tenant not found.'), {})],
    }),
    'AADSTS90002',
    'AADSTS90002: Tenant not found.',
  ],
  [
    'an abort',
    Object.assign(new Error('The operation was aborted.'), { name: 'AbortError' }),
    'Aborted',
    'The operation was aborted.',
  ],
  ['a text', 'just words', 'Unknown', 'just words'],
  ['nothing', undefined, 'Unknown', 'undefined'],
]

for (const [what, error, code, message] of shapes)
  test(`reads the code of ${what}`, () => {
    expect(armError(error)).toMatchObject({ code, message })
  })
