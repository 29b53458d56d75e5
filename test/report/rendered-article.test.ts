import { expect, test } from '@playwright/test'
import { createHash } from 'node:crypto'
import { markup } from '../../src/report/markup.ts'
import { renderArticle } from '../../src/report/page/rendered-article.ts'
import type { ActionResult, ArticleResult, Status, StepResult } from '../../src/result/result.ts'

const path = 'docs/article.md'

/** Markdown as an article has it, and what a reader of Learn sees. */
const learn: Record<string, [string, string]> = {
  'an alert': [
    '> [!NOTE]\n> Mind the *gap*.',
    '<div class="alert alert-note"><p class="alert-title">Note</p>\n<p>\nMind the <em>gap</em>.</p>\n</div>',
  ],
  'an alert whose text follows on the same paragraph': [
    '> [!TIP] Be quick.',
    '<div class="alert alert-tip"><p class="alert-title">Tip</p>\n<p> Be quick.</p>\n</div>',
  ],
  'an image with a description': [
    ':::image type="content" source="media/a.png" alt-text="A *page*":::',
    '<p><span class="figure"><i>docs/media/a.png: A *page*</i></span></p>',
  ],
  'an image with a stray quotation mark': [
    ':::image type="content" source="./media/a.png" alt-text="A page" " lightbox="b.png":::',
    '<p><span class="figure"><i>docs/media/a.png: A page</i></span></p>',
  ],
  'an image within a sentence': [
    'Select :::image source="icon.png" alt-text="the bell"::: twice.',
    '<p>Select <span class="figure"><i>docs/icon.png: the bell</i></span> twice.</p>',
  ],
  'a plain image': ['![A page](media/a.png)', '<p><span class="figure"><i>docs/media/a.png: A page</i></span></p>'],
  'an image whose source leads out of the page': [
    '![x](https://example.com/x.png)',
    '<p><span class="figure"><i>https://example.com/x.png: x</i></span></p>',
  ],
  'an include of its own': [
    '[!INCLUDE [hello](../includes/hello.md)]',
    '<div><p>Hello, <strong>reader</strong>.</p></div>',
  ],
  'an include in a sentence': [
    'They say [!INCLUDE [hello](../includes/hello.md)] here.',
    '<p>They say <span>Hello, <strong>reader</strong>.</span> here.</p>',
  ],
  'an include that includes itself': [
    '[!INCLUDE [loop](../includes/loop.md)]',
    '<div><p>Round <span class="missing">Include <code>loop.md</code> (its text is not part of this report)</span></p></div>',
  ],
  'a zone': [
    '::: zone pivot="cli"\n\nType.\n\n::: zone-end',
    '<section class="part part-other" data-kind="zone" data-label="cli"><p class="part-title">cli</p><p>Type.</p></section>',
  ],
  'a zone around text without blank lines': [
    '::: zone pivot="cli"\nType.\n::: zone-end\n\nAfter.',
    '<section class="part part-other" data-kind="zone" data-label="cli"><p class="part-title">cli</p><p>\nType.\n</p></section>',
  ],
  'front matter': ['---\ntitle: A\n---\n\nText.', '<p>Text.</p>'],
  'text that is no loss': ['The :::no-loc text="Contoso"::: group.', '<p>The Contoso group.</p>'],
  'a checklist': ['> [!div class="checklist"]\n> * One', '<div class="checklist">\n<ul>\n<li>One</li>\n</ul>\n</div>'],
  'a line break as Learn writes it': ['| A |\n| --- |\n| One. </br> Two. |', '<td>One. <br> Two.</td>'],
  'a link to a page of Learn': [
    '[x](/azure/backup/)',
    '<a href="https://learn.microsoft.com/azure/backup/" rel="noreferrer">x</a>',
  ],
  'a link to a heading': ['# Go on\n\n[x](#go-on)', '<h1 id="a-go-on">Go on</h1>\n<p><a href="#a-go-on">x</a></p>'],
}

for (const [name, [markdown, expected]] of Object.entries(learn)) {
  test(`shows ${name}`, () => {
    expect(render(markdown)).toContain(expected)
  })
}

test('tabs become parts, and the one that was carried out is named', () => {
  const html = render(
    '# [Portal](#tab/portal)\n\nClick.\n\n# [CLI](#tab/cli)\n\nType.\n\n---\n\nAfter.',
    [],
    ['Portal'],
  )
  expect(html).toContain('<section class="part part-tested" data-kind="tab" data-label="Portal">')
  expect(html).toContain('CLI <span class="part-note">not part of this run</span>')
  expect(html.indexOf('After.')).toBeGreaterThan(html.lastIndexOf('</section>'))
})

/** HTML that an article may hold, and what must not come out of it. */
const hostile: Record<string, [string, RegExp]> = {
  'a script': ['<script>alert(1)</script>', /<script|alert\(1\)<\/script>/],
  'a handler': ['<b onclick="alert(1)">x</b>', /onclick/],
  'an address that runs code': ['<a href="javascript:alert(1)">x</a>', /javascript:/],
  'an address of Markdown that runs code': ['[x](javascript:alert(1))', /href="javascript:/],
  'an image from elsewhere': ['<img src="https://example.com/x.png" alt="x">', /src=/],
  'a frame': ['<iframe src="https://example.com"></iframe>', /<iframe/],
  'a style': ['<p style="position:fixed">x</p><style>*{display:none}</style>', /<style|style=/],
  'a look of ours': ['<span class="said s-passed">x</span>', /s-passed/],
  'a mark of ours': ['<span data-mark="0000-0">x</span><span dataMark="0-0">y</span>', /data-?mark/i],
  'a form': ['<form action="https://example.com"><input name="q"><button>x</button></form>', /<form|<input|<button/],
  'an id of ours': ['<p id="status">x</p>', /id="status"/],
  'a vector image that runs code': ['<svg onload="alert(1)"><a xlink:href="javascript:1">x</a></svg>', /onload|xlink/],
  'a refresh': ['<meta http-equiv="refresh" content="0;url=https://example.com">', /<meta/],
  'an alternative text that breaks out': ['![a"><script>1</script>](x.png)', /<script/],
}

for (const [name, [markdown, forbidden]] of Object.entries(hostile)) {
  test(`drops ${name} of an article`, () => {
    expect(render(`Before.\n\n${markdown}\n\n1. Select **X**.`, [step('1. Select **X**.', 'failed')])).not.toMatch(
      forbidden,
    )
  })
}

test('each sentence gets the status of its own actions, and one that asks for nothing none', () => {
  const words = 'Select **A**. This opens it. Enter *b & c* and select **D**.'
  const html = render(`1. ${words}`, [
    step(`1. ${words}`, 'failed', [
      ['Select **A**', 'passed'],
      ['Enter *b & c*', 'passed'],
      ['select **D**', 'failed'],
    ]),
  ])
  expect(html).toContain(
    '<span class="said s-passed">Select <strong>A</strong>.</span> This opens it. <span class="said s-failed">',
  )
  expect(html).toContain('<mark class="spot s-failed">select <strong>D</strong></mark>')
})

for (const status of ['assumed', 'skipped', 'not-run'] as const) {
  test(`a step that is ${status} never looks passed, whether its actions say so or not`, () => {
    for (const actions of [[], [['Select **A**', status]]] as [string, Status][][]) {
      const html = render('1. Select **A**. Then wait.', [step('1. Select **A**. Then wait.', status, actions)])
      expect(html).not.toMatch(/s-passed|i-passed/)
      expect(html).toContain(`s-${status}`)
    }
  })
}

test('a step that passed without any action has no green sentence', () => {
  const html = render('1. Read this.', [step('1. Read this.', 'passed')])
  expect(html).not.toContain('said s-passed')
})

test('a table row gets the status of its actions, and a row without any none', () => {
  const text =
    '1. Enter these:\n\n   | Setting | Value |\n   | --- | --- |\n   | Name | *one* |\n   | Note | nothing |\n   | Place | *two* |\n'
  const html = render(text, [
    step(text, 'failed', [
      ['| Name | *one* |', 'passed'],
      ['*two*', 'failed'],
    ]),
  ])
  expect(html.match(/<tr class="row s-passed">/g)).toHaveLength(1)
  expect(html.match(/<tr class="row s-failed">/g)).toHaveLength(1)
  expect(html.match(/<tr>/g)).toHaveLength(2)
})

test('a code block is marked as a whole', () => {
  const text = '1. Run this:\n\n   ```bash\n   ls\n   ```\n'
  expect(render(text, [step(text, 'passed', [['ls', 'passed']])])).toContain('<div class="code s-passed">')
})

test('a sentence that spans lines, bold text, escapes and references is marked whole', () => {
  const words = 'Select **A\n   \\* B** &amp; wait\n   for it.'
  const html = render(`1. ${words} Go.`, [step(`1. ${words} Go.`, 'passed', [[words, 'passed']])])
  expect(html).toContain('<span class="said s-passed">Select <strong>A\n* B</strong> &#x26; wait\nfor it.</span> Go.')
})

test('evidence stands behind the words of its step and before the steps below it', () => {
  const text = '1. Open it.\n   1. Select **A**.\n2. Close it.\n'
  const html = render(text, [
    step('1. Open it.', 'passed'),
    step('1. Select **A**.', 'passed'),
    step('2. Close it.', 'passed'),
  ])
  expect(html.match(/Open it\.|Select|Close it|EVIDENCE/g)).toEqual([
    'Open it.',
    'EVIDENCE',
    'Select',
    'EVIDENCE',
    'Close it',
    'EVIDENCE',
  ])
})

test('a step in no list is marked too', () => {
  const html = render('Select **A**.\n\nThe end.', [step('Select **A**.', 'failed', [['Select **A**', 'failed']])])
  expect(html).toContain('EVIDENCE')
  expect(html.indexOf('EVIDENCE')).toBeLessThan(html.indexOf('The end.'))
})

test('steps of an include are marked where it stands', () => {
  const include = 'docs/includes/steps.md'
  const text = '1. Select **Z**.\n'
  const place = placeOf(text, '1. Select **Z**.', include)
  const one = {
    ...step(text, 'passed'),
    place,
    actions: [{ ...action(text, 'Select **Z**', 'passed'), place: placeOf(text, 'Select **Z**', include) }],
  }
  const html = render('# T\n\n[!INCLUDE [s](includes/steps.md)]', [one])
  expect(html).toContain('<span class="said s-passed">Select <strong>Z</strong>.</span>')
})

function render(markdown: string, steps: StepResult[] = [], variant: string[] = []): string {
  const article: ArticleResult = {
    id: path,
    path,
    title: 'T',
    hash: createHash('sha256').update(markdown).digest('hex'),
    surface: 'portal',
    variant,
    status: 'passed',
    duration: 0,
    steps: steps.map(one => relocate(one, markdown)),
    refusals: [],
    resources: [],
    requests: [],
    names: {},
  }
  const includes: Record<string, string> = {
    'includes/hello.md': 'Hello, **reader**.\n',
    'includes/loop.md': 'Round [!INCLUDE [loop](loop.md)]\n',
    'docs/includes/steps.md': '1. Select **Z**.\n',
  }
  return renderArticle(article, markdown, {
    textOf: path => includes[path],
    picture: ({ path, alt }) => markup`<i>${path}: ${alt}</i>`,
    evidence: () => markup`<b>EVIDENCE</b>`,
  }).html.html
}

/** Steps are made from their own words; here they get their place in the whole text. */
function relocate(one: StepResult, text: string): StepResult {
  if (one.place.path !== path) return one
  const shift = text.indexOf(one.title)
  const move = ({ path, start, end }: StepResult['place']) => ({
    path,
    start: { ...start, offset: start.offset + shift },
    end: { ...end, offset: end.offset + shift },
  })
  return {
    ...one,
    place: move(one.place),
    actions: one.actions.map(action => ({ ...action, place: move(action.place) })),
  }
}

function step(text: string, status: Status, actions: [string, Status][] = []): StepResult {
  return {
    id: text,
    number: '1',
    procedure: 'P',
    title: text,
    place: placeOf(text, text),
    status,
    duration: 0,
    timedOut: false,
    actions: actions.map(([words, status]) => action(text, words, status)),
  }
}

function action(text: string, words: string, status: Status): ActionResult {
  return { do: 'select', where: [], place: placeOf(text, words), status, remarks: [], duration: 0 }
}

function placeOf(text: string, words: string, file = path): ActionResult['place'] {
  const start = text.indexOf(words)
  if (start < 0) throw new Error(`'${words}' does not stand in '${text}'`)
  return {
    path: file,
    start: { line: 1, column: 1, offset: start },
    end: { line: 1, column: 1, offset: start + words.length },
  }
}
