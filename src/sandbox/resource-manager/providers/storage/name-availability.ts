import type { CheckNameAvailabilityResult } from '@azure/arm-storage'
import type { Estate } from '../../estate.ts'
import type { ResourceType } from '../../provider.ts'
import { textAt } from '../../request.ts'
import { apiVersions, namespace } from './namespace.ts'
import { isName, isTaken, nameRule } from './storage-accounts.ts'

const type = `${namespace}/checkNameAvailability`

export const nameAvailability: ResourceType = {
  name: 'checkNameAvailability',
  apiVersions,
  regions: [],
  routes: [
    {
      type,
      apiVersions,
      method: 'POST',
      path: `/subscriptions/:subscription/providers/${type}`,
      action: `${namespace}/checknameavailability/read`,
      answer: ({ body }, estate) => ({ status: 200, body: availability(textAt(body, 'name') ?? '', estate) }),
    },
  ],
}

function availability(name: string, estate: Estate) {
  if (!isName(name))
    return {
      nameAvailable: false,
      reason: 'AccountNameInvalid',
      message: `${name} is not a valid storage account name. ${nameRule}`,
    } satisfies CheckNameAvailabilityResult
  if (isTaken(name, estate))
    return {
      nameAvailable: false,
      reason: 'AlreadyExists',
      message: `The storage account named ${name} is already taken.`,
    } satisfies CheckNameAvailabilityResult
  return { nameAvailable: true } satisfies CheckNameAvailabilityResult
}
