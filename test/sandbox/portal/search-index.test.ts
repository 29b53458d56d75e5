import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import { createDelays } from '../../../src/sandbox/portal/app/delays.ts'
import { createSearchIndex } from '../../../src/sandbox/portal/app/shell/search-index.ts'

test('a new group and a new resource are found some time after the index read of them', async () => {
  const id = '/subscriptions/0001'
  const group = {
    id: `${id}/resourceGroups/late`,
    name: 'late',
    location: 'westus',
    properties: { provisioningState: '' },
  }
  const resource = {
    id: `${group.id}/providers/Some.Where/things/late-thing`,
    name: 'late-thing',
    type: '',
    location: '',
  }
  const groups: (typeof group)[] = []
  const resources: (typeof resource)[] = []
  const resourceManager = {
    subscriptions: () => Promise.resolve([{ id, subscriptionId: '0001', displayName: '', state: '' }]),
    groups: () => Promise.resolve([...groups]),
    resources: () => Promise.resolve([...resources]),
  }
  const index = createSearchIndex(resourceManager, { ...createDelays({ seed: 1, pace: 'brisk' }), next: () => 200 })
  await sleep(0)
  groups.push(group)
  resources.push(resource)
  index.refresh()
  await sleep(100)
  expect(index.find('late')).toEqual({ groups: [], resources: [] })
  await expect.poll(() => index.find('late')).toEqual({ groups: [group], resources: [resource] })
})
