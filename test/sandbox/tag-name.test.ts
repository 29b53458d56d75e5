import { collect, failureOf } from './clients.ts'
import { expect, test } from './sandbox-fixture.ts'

test('names of tags can be made known beforehand, are counted, and go when nothing bears them', async ({ clients }) => {
  const { tagsOperations: tags, resourceGroups } = clients.resources
  expect(await tags.createOrUpdate('team')).toMatchObject({ tagName: 'team', count: { type: 'Total', value: 0 } })
  expect(await tags.createOrUpdateValue('team', 'docs')).toMatchObject({ tagValue: 'docs', count: { value: 0 } })
  expect(await failureOf(tags.createOrUpdateValue('nobody', 'docs'))).toMatchObject({
    status: 404,
    code: 'TagNameNotFound',
  })
  await resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: { Team: 'docs', stage: 'test' } })
  const found = (await collect(tags.list())).map(({ tagName, count, values }) => [
    tagName?.toLowerCase(),
    count?.value,
    values?.map(({ tagValue }) => tagValue),
  ])
  expect(found).toEqual([
    ['team', 1, ['docs']],
    ['stage', 1, ['test']],
  ])
  expect(await failureOf(tags.delete('team'))).toMatchObject({ status: 409, code: 'TagNameInUse' })
  await resourceGroups.createOrUpdate('rg1', { location: 'westus', tags: {} })
  await tags.deleteValue('team', 'docs')
  await tags.delete('team')
  await tags.delete('team')
  expect(await collect(tags.list())).toEqual([])
})
