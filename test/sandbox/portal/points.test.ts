import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'

/** By point of portal-facts.md §17: the tests that would fail without it. */
const points: [point: number, what: string, tests: [file: string, title: string][]][] = [
  [
    1,
    'hash routing',
    [
      ['replica', 'no document is loaded'],
      ['shell', 'a deep link survives'],
      ['shell', 'back and forward'],
      ['route', 'is read as'],
      ['route', 'an address that was written'],
    ],
  ],
  [
    2,
    'the header and its fold',
    [
      ['shell', 'the header has the names'],
      ['shell', 'the tools fold under one button'],
    ],
  ],
  [
    3,
    'a search that ignores early input, takes a while, and may hear keys only',
    [
      ['shell', 'what is typed too early'],
      ['shell', 'a text that is put into the box at once is lost'],
      ['traits', 'the drift ${name} changes one thing'],
    ],
  ],
  [
    4,
    'sections, twins, near titles and traces',
    [
      ['shell', 'the search shows sections'],
      ['catalog', 'a near title comes along'],
      ['catalog', 'the Marketplace has an item'],
    ],
  ],
  [
    5,
    'results that lag',
    [
      ['shell', 'a new group is found only by a later search'],
      ['search-index', 'are found some time after the index read of them'],
      ['forms', 'a group of its own is created without a deployment, and listed after a while'],
    ],
  ],
  [
    6,
    'the same names twice',
    [
      ['shell', 'the header has the names'],
      ['shell', 'a page that is left is parked'],
      ['pages', '${name} is made as the live one is'],
    ],
  ],
  [7, 'live regions and nameless images', [['replica', 'a live region says what happened']]],
  [8, 'cross-site frames', [['shell', 'one frame of several is the active one']]],
  [9, 'a prewarmed frame, and two of one name', [['shell', 'one frame of several is the active one']]],
  [10, 'parked blades', [['shell', 'a page that is left is parked']]],
  [
    11,
    'panes of the shell for pages in frames',
    [
      ['wizards', 'one more subnet from a pane of the shell'],
      ['backup', 'two machines are protected'],
      ['structure', 'the menu of Resiliency has collapsed groups'],
      ['shell', 'one frame of several is the active one'],
    ],
  ],
  [
    12,
    'both generations',
    [
      ['structure', 'the wizard has the controls of the older generation'],
      ['structure', 'the wizard has the controls of the newer generation'],
      ['wizards', 'the same wizards are in the main document'],
    ],
  ],
  [13, 'volatile ids', [['replica', 'ids are others at every load']]],
  [
    14,
    'late titles, dots, an endless progress bar',
    [
      ['replica', 'a page comes under its old title'],
      ['shell', 'one frame of several is the active one'],
    ],
  ],
  [15, 'glyphs in names', [['structure', 'a list has the menu bar']]],
  [
    16,
    'late and folded commands, a Create with a menu',
    [
      ['replica', 'none is a Create before its time'],
      ['shell', 'commands that do not fit'],
      ['wizards', 'created from the menu of Create'],
    ],
  ],
  [17, 'collapsed groups of a menu', [['structure', 'the menu of Resiliency has collapsed groups']]],
  [
    18,
    'grids',
    [
      ['replica', 'a grid has the rows in sight'],
      ['structure', 'a list has the menu bar'],
    ],
  ],
  [
    19,
    'labels, info buttons, marks, twins',
    [
      ['structure', 'the wizard has the controls of the older generation'],
      ['structure', 'the wizard has the controls of the newer generation'],
    ],
  ],
  [
    20,
    'boxes that are no inputs',
    [
      ['forms', 'West US stands beside'],
      ['forms', 'the region of a group is proposed'],
    ],
  ],
  [
    21,
    'decorated values',
    [
      ['forms', 'West US stands beside'],
      ['article-flow', 'a vault is created from Backup center'],
      ['wizards', 'with a network and an address of its own'],
      ['replica', 'another region takes back'],
    ],
  ],
  [
    22,
    'the callout of Create new',
    [
      ['forms', 'a name for a new group is refused'],
      ['article-flow', 'a vault is created from Backup center'],
    ],
  ],
  [
    23,
    'extended zones',
    [
      ['wizards', 'a pane that is closed answers nothing'],
      ['wizards', 'a virtual network is created in an extended zone'],
    ],
  ],
  [
    24,
    'validation',
    [
      ['forms', 'the form complains'],
      ['forms', 'what the other tabs say'],
      ['refusals', 'no vCPUs left'],
      ['wizards', 'a storage account whose name is taken'],
    ],
  ],
  [
    25,
    'fields that reset others',
    [
      ['replica', 'another region takes back'],
      ['replica', 'another subscription takes back'],
      ['wizards', 'another region forgets the zone'],
    ],
  ],
  [26, 'footers, tags by key', [['replica', 'the footer has the words of its year']]],
  [
    27,
    'unsaved edits',
    [
      ['forms', 'the form complains'],
      ['resource-pages', 'tags are reached from Essentials'],
    ],
  ],
  [
    28,
    'deployments',
    [
      ['replica', 'a deployment that goes on'],
      ['outcomes', 'a deployment that fails'],
      ['outcomes', 'a name that is taken after the validation'],
      ['../rate-limit', 'gives 250 reads at once and 25 more a second'],
      ['pages', '${name} is made as the live one is'],
    ],
  ],
  [
    29,
    'toasts and the bell',
    [
      ['replica', 'a message lies over'],
      ['shell', 'the tools fold under one button'],
    ],
  ],
  [30, 'what is not found yet', [['replica', 'what was just created is not found']]],
  [
    31,
    'deletion in two steps',
    [
      ['article-flow', 'a vault is created from Resiliency'],
      ['outcomes', 'a locked group stays'],
      ['deletion', 'several resources go together'],
      ['deletion', 'one group that is chosen'],
      ['../group', 'deletes a group with everything in it, in its own time'],
      ['pages', '${name} is made as the live one is'],
    ],
  ],
  [
    32,
    'state that is Resource Manager’s',
    [
      ['article-flow', 'a vault is created from Resiliency'],
      ['forms', 'what the other tabs say'],
      ['../group', 'deletes a group with everything in it, in its own time'],
    ],
  ],
  [
    33,
    'sign-in',
    [
      ['shell', 'nobody gets in without signing in'],
      ['../entra/sign-in', 'signs a person in'],
      ['../entra/sign-in', 'asks a person who has an authenticator app'],
      ['../entra/sign-in', 'lets them pick their account'],
      ['outcomes', 'a session that expires'],
    ],
  ],
  [34, 'the language', [['replica', 'the language is pinned']]],
  [35, 'interruptions', [['replica', '${what} comes up unasked']]],
  [
    36,
    'drift with its verdict',
    [
      ['traits', 'the drift ${name} changes one thing'],
      ['../../command/portal-drift', 'gets the verdict that the switch carries'],
      ['../../command/portal-drift', 'is true where nothing drifted'],
      ['shell', 'the search shows a list for each section'],
      ['structure', 'the wizard has the controls of the older generation'],
      ['deletion', 'the command "Delete resources" empties a group'],
    ],
  ],
  [
    37,
    'seeded delays',
    [
      ['delays', 'the same seed gives the same delays'],
      ['delays', 'another seed gives other delays'],
      ['delays', 'at pace instant nothing is waited for'],
      ['../../command/portal-drift', 'the run says which portal it was'],
    ],
  ],
  [
    38,
    'a snapshot of every kind of page',
    [
      ['pages', '${name} is made as the live one is'],
      ['structure', 'a list has the menu bar'],
    ],
  ],
  [39, 'it says what it is', [['replica', 'the portal says that it is a replica']]],
  [40, 'nothing in common with the executor', [['../../import-direction', '${folder} imports']]],
]

test('every point has its tests', () => {
  expect(points.map(([point]) => point)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
})

for (const [point, what, tests] of points)
  test(`point ${point}, ${what}, is held by a test`, () => {
    expect(tests.length).toBeGreaterThan(0)
    for (const [file, title] of tests)
      expect(titlesIn(file), file).toContainEqual(expect.stringContaining(title) as unknown)
  })

/** What stands as a title in `test('…', …)`: neither a test that is skipped nor a comment. */
function titlesIn(file: string): string[] {
  const source = readFileSync(new URL(`${file}.test.ts`, import.meta.url), 'utf8')
  return [...source.matchAll(/^ *test\(\s*(['"`])(.*?)\1,\s*(?:\{|async|\(\))/gms)].map(([, , title = '']) => title)
}
