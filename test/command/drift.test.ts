import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { lineOf, ownArticle, withoutRow } from './own-article.ts'
import { test } from './verbatim-fixture.ts'

const renamed = ownArticle.replace('**+ Vault**', '**+ Store**')
const otherOption = ownArticle.replace('**North Europe**', '**North Europa**')
const withoutName = withoutRow(ownArticle, 'Vault name')
const withoutRegion = withoutRow(ownArticle, 'Region')

test.use({ sandboxOptions: ['--portal-pace', 'instant'] })

/** One change to the article that makes it untrue, and what its owner must read. */
const cases = [
  {
    title: 'a label that is not on screen, and what is there instead',
    surface: 'portal',
    article: renamed,
    line: lineOf(renamed, '+ Store'),
    says: ['There is no control “Store”', /found .*Vault/],
  },
  {
    title: 'an option that the form does not offer, and the nearest one',
    surface: 'portal',
    article: otherOption,
    line: lineOf(otherOption, 'North Europa'),
    says: ['“Region” does not offer “North Europa”', /found .*North Europe/, '+ North Europe'],
  },
  {
    title: 'a required row that is missing, and what the form says',
    surface: 'portal',
    article: withoutName,
    line: lineOf(withoutName, 'select **Create**.'),
    says: ['The form was not accepted', /Vault name: The value must not be empty/],
  },
  {
    title: 'a required row that is missing where the form has a default',
    surface: 'portal',
    article: withoutRegion,
    line: lineOf(withoutRegion, 'select **Create**.'),
    says: ['requires “Region”, and no sentence or row gives it', 'misleading'],
  },
  {
    title: 'an option that the cloud does not know',
    surface: 'arm',
    article: otherOption,
    line: lineOf(otherOption, 'North Europa'),
    says: ["“Region” does not offer 'North Europa'", /found .*North Europe/],
  },
  {
    title: 'a required row that is missing from the request',
    surface: 'arm',
    article: withoutRegion,
    line: lineOf(withoutRegion, 'select **Create**.'),
    says: ['requires “Region”, and no sentence or row gives it'],
  },
] as const

for (const { title, surface, article, line, says } of cases)
  test(`on the ${surface} surface, names the line of ${title}`, async ({ world, attached }) => {
    // What is not there is not there after five seconds either: the sandbox is quick.
    world.write({ 'article.md': article, 'article.runbook.yaml': 'limits:\n  action: 5\n' })
    const { code, stdout } = await world.verbatim([
      'run',
      'article.md',
      '--surface',
      surface,
      '--cloud',
      'cloud.json',
      '--output',
      'out',
    ])
    expect(stdout).toContain(`article.md:${line}:`)
    for (const words of says)
      typeof words === 'string' ? expect(stdout).toContain(words) : expect(stdout).toMatch(words)
    expect(code, stdout).toBe(1)
    const [told] = world.result('out').articles
    expect(told?.verdict).toBe('doc')
    // A misleading sentence stops nobody, and is no failure to Playwright.
    const kept = existsSync(join(world.folder, 'out', told?.trace ?? 'nowhere'))
    expect(kept).toBe(told?.drift === 'blocking')
    expect(await attached.resourceGroups()).toEqual([])
  })
