import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { ActionResult, ArticleResult, RunResult, StepResult } from '../../src/result/result.ts'

const folder = new URL('../../fixtures/results/', import.meta.url)
const texts = new Map<string, string>()
const azure: RunResult['cloud'] = {
  name: 'azure',
  rehearsal: false,
  portal: 'https://portal.azure.com',
  facts: { region: 'westeurope' },
}
const sandbox: RunResult['cloud'] = {
  name: 'sandbox',
  rehearsal: true,
  portal: 'https://127.0.0.1:4443',
  facts: { seed: 7 },
}
const screenshot = {
  path: 'screenshots/vaults.png',
  width: 1280,
  height: 720,
  box: { x: 264, y: 132, width: 96, height: 30 },
}

const vaultSteps = [
  ['Sign in to', 'signIn', '[Azure portal](https://portal.azure.com)'],
  ['In the search box', 'search', 'enter *vaults*', 'Select **Recovery Services vaults** from the results'],
  ['On the **Recovery', 'select', 'select **+ Add vault**'],
  [
    'On the **Basics** tab',
    'set',
    'Select your subscription.',
    'Select **Create new**.',
    'Enter *myResourceGroup*.',
    'Enter *myVault*.',
    'Select **West Europe**.',
  ],
  [
    'Select **Review',
    'select',
    'Select **Review + create**',
    'select **Create**',
    'Wait until the deployment has ended',
  ],
  ['Select **Go to resource**', 'select', 'Select **Go to resource**', 'shows the name & region of the vault'],
  ['Under **Settings**', 'select', 'select **Properties**', 'check that **Soft delete** is on'],
  [
    'Open the resource group',
    'select',
    'Open the resource group *myResourceGroup*',
    'select **Delete resource group**',
  ],
  ['Enter the name of the group', 'set', 'Enter the name of the group'],
  ['Select **Delete**.', 'select', 'Select **Delete**'],
] as const

/** A result of every kind, made by hand; `fixtures/results/<name>/` holds each as a run would leave it. */
export const storedResults: Record<string, RunResult> = {
  passed: run('passed', azure, [vault({ number: 1 })]),
  rehearsed: run('rehearsed', sandbox, [vault({ number: 2 })]),
  'wrong-article': run('wrong-article', azure, [wrongVault()]),
  'wrong-service': run('wrong-service', azure, [failedService()]),
  'wrong-resource': run('wrong-resource', azure, [differentResource()]),
  surroundings: run('surroundings', azure, [failedSurroundings()]),
  drifted: run('drifted', azure, [driftedTags()]),
  refused: run('refused', azure, [refused()]),
  'on-paper': run('on-paper', azure, [onPaper()]),
  shell: run('shell', azure, [shell()]),
  interrupted: { ...run('interrupted', azure, [interrupted()]), interrupted: true, exitCode: 130 },
  'left-behind': leftBehind(),
  empty: { ...run('empty', azure, []), exitCode: 2 },
  night: night(),
}

/** The text of a source by its hash, as a report asks for it. */
export function sources(hash: string): string | undefined {
  return [...texts.values()].find(text => sha256(text) === hash)
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function run(name: string, cloud: RunResult['cloud'], articles: ArticleResult[]): RunResult {
  const paths = [...articles.map(article => article.path), 'docs/includes/before-you-begin.md']
  return {
    schemaVersion: 1,
    run: `20261121-${name}`,
    state: 'finished',
    startedAt: '2026-11-21T02:00:00.000Z',
    finishedAt: '2026-11-21T02:06:40.000Z',
    verbatim: '0.1.0',
    cloud,
    browser: 'Chromium 156.0',
    commit: '4f0c2d9a8b7e6f5d4c3b2a190817263544536271',
    articles,
    cleanup: articles
      .filter(article => article.status !== 'refused' && article.surface !== 'shell')
      .map(article => ({
        article: article.id,
        type: 'Microsoft.Resources/resourceGroups',
        id: `/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/myResourceGroup-${name}`,
        status: article.status === 'passed' ? ('gone' as const) : ('deleted' as const),
        duration: 41200,
      })),
    problems: [],
    interrupted: false,
    exitCode: 0,
    sources: Object.fromEntries([...new Set(paths)].map(path => [path, sha256(textOf(path))])),
  }
}

function vault({ number }: { number: number }): ArticleResult {
  const path = 'docs/articles/create-vault.md'
  const numbers = ['1', '2', '3', '4', '5', '1', '2', '1', '1.1', '1.2']
  const procedures = [5, 7, 10]
  const titles = ['Create the vault', 'Look at the vault', 'Clean up resources']
  const include = step(
    'docs/includes/before-you-begin.md',
    'Close the tours',
    'select',
    ['Close the tours', 'Select **Skip tour**'],
    {
      procedure: 'Before you begin',
    },
  )
  const steps = vaultSteps.map(([words, verb, ...actions], index) =>
    step(path, words, verb, [...actions], {
      number: numbers[index] ?? '',
      procedure: titles[procedures.findIndex(end => index < end)] ?? '',
      duration: 900 + ((index * 1373 * number) % 5200),
    }),
  )
  return {
    ...article(path, 'Create a recovery vault for a test environment', 'lenafranke', 'azure-backup', [
      include,
      ...steps,
    ]),
    variant: ['Portal'],
    resources: [
      {
        type: 'Microsoft.RecoveryServices/vaults',
        name: 'myVault-k3x9',
        id: '/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/myResourceGroup-k3x9/providers/Microsoft.RecoveryServices/vaults/myVault-k3x9',
        status: 'as-described',
        differences: [],
        place: placeOf(path, 'On the **Basics** tab'),
      },
    ],
    names: { myResourceGroup: 'myResourceGroup-k3x9', myVault: 'myVault-k3x9' },
    requests: [
      request(
        'GET',
        '/subscriptions/00000000-0000-0000-0000-000000000001/resourcegroups/myResourceGroup-k3x9',
        404,
        'read-back',
      ),
      {
        ...request('PUT', '/providers/Microsoft.Resources/deployments/create', 201, 'action'),
        step: steps[4]?.id ?? '',
      },
      {
        ...request('GET', '/providers/Microsoft.RecoveryServices/vaults/myVault-k3x9', 200, 'read-back'),
        step: steps[4]?.id ?? '',
      },
    ],
    trace: 'traces/create-vault.zip',
  }
}

function wrongVault(): ArticleResult {
  const path = 'docs/articles/create-vault.md'
  const whole = vault({ number: 3 })
  const steps = whole.steps.map((step, index): StepResult => {
    if (index < 3) return step
    if (index > 3) return notRun(step, 'Step 3 failed before it')
    const place = placeOf(path, 'select **+ Add vault**')
    const label = placeOf(path, '+ Add vault')
    return {
      ...step,
      status: 'failed',
      verdict: 'doc',
      drift: 'blocking',
      duration: 8300,
      actions: [
        {
          ...withoutEffect(actionOf('select', '+ Add vault', place)),
          status: 'failed',
          where: ['Recovery Services vaults'],
          duration: 8100,
        },
      ],
      error: {
        rule: 'control-not-found',
        message: "Nothing on the 'Recovery Services vaults' page is called '+ Add vault'",
        said: '+ Add vault',
        found: ['Create', 'Manage view', 'Refresh', 'Export to CSV'],
        remedy: "Write 'Create' if that is what readers shall select, or name the page that has '+ Add vault'.",
        place,
        detail: 'locator: button[name="+ Add vault"]\ncandidates: 4\nbest: button "Create" (0.71)',
      },
      suggestion: {
        place: label,
        before: '+ Add vault',
        after: 'Create',
        reason: 'The only button of the command bar that makes a new item',
      },
      screenshot,
      images: [
        {
          source: 'media/create-vault/search.png',
          alt: 'Screenshot of the search box with the results for vaults.',
          place: placeOf(path, ':::image type'),
        },
      ],
    }
  })
  return {
    ...whole,
    status: 'failed',
    verdict: 'doc',
    drift: 'blocking',
    steps,
    resources: [],
    video: 'videos/create-vault.webm',
  }
}

function failedService(): ArticleResult {
  const path = 'docs/articles/create-vault.md'
  const whole = vault({ number: 4 })
  const steps = whole.steps.map((step, index): StepResult => {
    if (index < 5) return step
    if (index > 5) return notRun(step, 'Step 5 failed before it')
    const place = placeOf(path, 'Wait until the deployment has ended')
    const [review, create, wait] = step.actions
    return {
      ...step,
      status: 'failed',
      verdict: 'product',
      duration: 121000,
      timedOut: true,
      actions: [review, create, wait].flatMap((action, index) =>
        action ? [{ ...action, status: index === 2 ? ('failed' as const) : ('passed' as const) }] : [],
      ),
      error: {
        rule: 'deployment-failed',
        message: 'The deployment ended with InternalServerError',
        said: 'Wait until the deployment has ended',
        found: ['Your deployment failed', 'InternalServerError: An unexpected error occurred.'],
        remedy: 'Nothing in the article is at fault: report it to the service with the correlation identifier.',
        place,
        detail: '{"error":{"code":"InternalServerError","message":"An unexpected error occurred."}}',
      },
      screenshot: { path: 'screenshots/vaults.png', width: 1280, height: 720 },
    }
  })
  return { ...whole, status: 'failed', verdict: 'product', steps, resources: [] }
}

function differentResource(): ArticleResult {
  const whole = vault({ number: 5 })
  const place = placeOf('docs/articles/create-vault.md', 'Select **West Europe**.')
  return {
    ...whole,
    status: 'failed',
    verdict: 'doc',
    drift: 'misleading',
    resources: whole.resources.map(resource => ({
      ...resource,
      status: 'differs',
      differences: [{ setting: 'Region', said: 'West Europe', found: 'northeurope', place }],
    })),
  }
}

function failedSurroundings(): ArticleResult {
  const whole = vault({ number: 6 })
  const [first, ...others] = whole.steps
  if (!first) return whole
  const place = placeOf('docs/articles/create-vault.md', 'Sign in to the [Azure portal]')
  const [signIn, ...rest] = others
  const steps: StepResult[] = [
    first,
    {
      ...(signIn ?? first),
      status: 'failed',
      verdict: 'environment',
      duration: 30000,
      timedOut: true,
      actions: (signIn?.actions ?? []).map(action => ({ ...withoutEffect(action), status: 'failed' })),
      error: {
        rule: 'sign-in-failed',
        message: 'The sign-in page did not answer within 30 s',
        remedy: 'Check the network of the machine that ran this, and run it again.',
        place,
      },
    },
    ...rest.map(step => notRun(step, 'Step 1 failed before it')),
  ]
  return { ...whole, status: 'failed', verdict: 'environment', steps, resources: [], requests: [] }
}

function driftedTags(): ArticleResult {
  const path = 'docs/articles/tag-group.md'
  const whole = tags()
  const steps = whole.steps.map((step, index): StepResult => {
    if (index === 0) return step
    const [first, ...others] = step.actions
    if (!first) return step
    const drifts = [
      {
        drift: 'misleading' as const,
        rule: 'value-trimmed',
        message: "The page calls it 'Resource group name', the article 'name'",
        found: 'Resource group name',
      },
      {
        drift: 'cosmetic' as const,
        rule: 'label-case',
        message: "The menu says 'tags' and the article 'Tags'",
        found: 'tags',
      },
      {
        drift: 'blocking' as const,
        rule: 'control-elsewhere',
        message: "'Delete resource group' stands on the Overview page, not in the menu",
        found: 'Overview › Delete resource group',
      },
    ]
    const remark = drifts[index - 1]
    if (!remark) return step
    const words = ['enter *docs-tags* for the name', 'select **Tags**', 'In the menu'][index - 1] ?? ''
    const place = placeOf(path, words)
    const drifted: StepResult = {
      ...step,
      status: 'drifted',
      drift: remark.drift,
      actions: [{ ...first, target: targetOf(words), place, status: 'drifted', remarks: [remark] }, ...others],
    }
    return index === 3
      ? {
          ...drifted,
          suggestion: {
            place,
            before: 'In the menu',
            after: 'On the **Overview** page',
            reason: 'The button stands there',
          },
        }
      : drifted
  })
  return { ...whole, status: 'drifted', drift: 'blocking', steps }
}

function tags(): ArticleResult {
  const path = 'docs/articles/tag-group.md'
  const steps = [
    step(path, 'In the portal', 'goTo', ['open **Resource groups**'], { number: '1' }),
    step(
      path,
      'Select **Create**, enter',
      'select',
      ['Select **Create**', 'enter *docs-tags* for the name', 'select **Review + create**'],
      { number: '2' },
    ),
    step(path, "On the group's page", 'select', ['select **Tags**', 'Enter *owner* and *docs*', 'select **Apply**'], {
      number: '3',
    }),
    step(
      path,
      'In the menu',
      'select',
      ['select **Delete resource group**', 'enter *docs-tags*,', 'select **Delete**.'],
      { number: '4' },
    ),
  ]
  return article(path, 'Tag a resource group', 'omarhaddad', 'azure-resource-manager', steps)
}

function refused(): ArticleResult {
  const path = 'docs/articles/rename-disk.md'
  const unread = ['choose the disk that bothers you', 'Pick a fitting size']
  const steps = ['Go to **Disks**', 'Pick a fitting size', 'Select **Save**'].map((words, index) =>
    notRun(step(path, words, 'select', [words], { number: String(index + 1) }), 'The article was refused'),
  )
  return {
    ...article(path, 'Change the performance of a disk', 'priyanair', 'azure-virtual-machines', steps),
    status: 'refused',
    duration: 0,
    refusals: unread.map(words => ({
      rule: 'step-unknown',
      message: `Nobody can tell what '${words}' asks for`,
      said: words,
      remedy:
        "Name the control and the value: 'Select **Premium SSD** for **Disk SKU**.', or skip the step by name in the runbook.",
      place: placeOf(path, words),
    })),
  }
}

function onPaper(): ArticleResult {
  const whole = vault({ number: 7 })
  const assumed = new Set([0, 1, 2, 3, 6])
  const steps = whole.steps.map((step, index): StepResult => {
    if (index === 7) {
      const reason = "The runbook skips it: 'soft delete is on by policy'"
      return {
        ...step,
        status: 'skipped',
        reason,
        duration: 0,
        actions: step.actions.map(action => ({ ...withoutEffect(action), status: 'skipped', duration: 0 })),
      }
    }
    if (!assumed.has(index)) return step
    const reason = 'The ARM surface has no pages; it was followed on paper'
    return {
      ...step,
      status: 'assumed',
      reason,
      duration: 0,
      actions: step.actions.map(action => ({ ...withoutEffect(action), status: 'assumed', duration: 0 })),
    }
  })
  return { ...whole, id: `${whole.path}#arm`, surface: 'arm', steps }
}

function shell(): ArticleResult {
  const path = 'docs/articles/list-groups.md'
  const steps = [
    {
      ...step(path, 'Sign in with', 'run', ['az login'], { number: '1' }),
      output: 'Signed in as tester@contoso.example\n',
    },
    {
      ...step(path, 'List the groups', 'run', ['az group list --output table'], { number: '2' }),
      output: 'Name    Location\n------  ----------\n<docs>  westeurope\n',
    },
  ]
  return {
    ...article(path, 'List resource groups from the shell', 'omarhaddad', 'azure-resource-manager', steps),
    surface: 'shell',
  }
}

function interrupted(): ArticleResult {
  const whole = vault({ number: 8 })
  const steps = whole.steps.map((step, index) => (index < 4 ? step : notRun(step, 'The run was interrupted')))
  return { ...whole, status: 'not-run', steps, resources: [] }
}

function leftBehind(): RunResult {
  const result = run('left-behind', azure, [vault({ number: 9 })])
  return {
    ...result,
    exitCode: 4,
    cleanup: result.cleanup.map(item => ({
      ...item,
      status: 'left',
      message: 'ScopeLocked: the group has a lock that Verbatim did not set',
    })),
  }
}

function night(): RunResult {
  const named = (article: ArticleResult, name: string, title: string): ArticleResult => ({
    ...article,
    id: `${article.path}#${name}`,
    title,
  })
  const articles = [
    named(wrongVault(), 'portal', 'Create a recovery vault for a test environment'),
    named(driftedTags(), 'portal', 'Tag a resource group'),
    named(tags(), 'again', 'Tag a resource group in another subscription'),
    shell(),
    refused(),
    named(failedSurroundings(), 'surroundings', 'Create a vault in a busy region'),
    named(failedService(), 'service', 'Create a vault in a new region'),
    onPaper(),
    named(vault({ number: 10 }), 'good', 'Create a vault for a production environment'),
    {
      ...named(tags(), 'skipped', 'Tag a management group'),
      status: 'skipped' as const,
      steps: [],
      duration: 0,
      owner: 'priyanair',
    },
    { ...named(vault({ number: 11 }), 'cosmetic', 'Move a vault to another group'), owner: 'priyanair' },
  ]
  const [first, ...others] = run('night', azure, articles).cleanup
  const cleanup = first
    ? [
        first,
        ...others.map(item => ({ ...item, status: item.article.endsWith('#good') ? ('left' as const) : item.status })),
      ]
    : []
  return { ...run('night', azure, articles), cleanup, exitCode: 4 }
}

function article(path: string, title: string, owner: string, service: string, steps: StepResult[]): ArticleResult {
  return {
    id: `${path}#portal`,
    path,
    title,
    hash: sha256(textOf(path)),
    owner,
    service,
    surface: 'portal',
    variant: [],
    status: 'passed',
    startedAt: '2026-11-21T02:00:04.000Z',
    duration: steps.reduce((sum, step) => sum + step.duration, 0),
    steps,
    refusals: [],
    resources: [],
    requests: [],
    names: {},
  }
}

function step(
  path: string,
  words: string,
  verb: string,
  actions: string[],
  { number = '1', procedure = '', duration = 1400 }: { number?: string; procedure?: string; duration?: number },
): StepResult {
  const text = textOf(path)
  const at = text.indexOf(words)
  const line = text.lastIndexOf('\n', at) + 1
  const start = line + (/\S/.exec(text.slice(line))?.index ?? 0)
  const rest = text.slice(at)
  const end = at + (/\n\s*(?:\d+\.|#|---|<)/.exec(rest)?.index ?? rest.length)
  const title = (/^.*/.exec(rest)?.[0] ?? words).replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('*', '')
  return {
    id: sha256(`${path} ${words}`).slice(0, 16),
    number,
    procedure,
    title,
    place: { path, start: pointAt(text, start), end: pointAt(text, end) },
    status: 'passed',
    duration,
    timedOut: false,
    startedAt: '2026-11-21T02:00:05.000Z',
    actions: actions.map(words => actionOf(verb, targetOf(words), placeOf(path, words, at))),
  }
}

function actionOf(verb: string, target: string, place: ActionResult['place']): ActionResult {
  return {
    do: verb,
    target,
    where: [],
    place,
    status: 'passed',
    remarks: [],
    duration: 420,
    effect: 'The page changed',
  }
}

function withoutEffect({ effect: _, ...action }: ActionResult): ActionResult {
  return action
}

function targetOf(words: string): string {
  return words.replaceAll('*', '').replace(/^(?:select|enter|open|check that|in the) /i, '')
}

function notRun(step: StepResult, reason: string): StepResult {
  const { startedAt: _, ...rest } = step
  return {
    ...rest,
    status: 'not-run',
    duration: 0,
    reason,
    actions: step.actions.map(action => ({ ...withoutEffect(action), status: 'not-run', duration: 0 })),
  }
}

function request(method: string, path: string, status: number, purpose: string): ArticleResult['requests'][number] {
  return {
    at: '2026-11-21T02:00:31.000Z',
    method,
    path,
    status,
    duration: 184,
    purpose,
    correlation: 'a3c1f9e2-0000-4000-8000-000000000001',
  }
}

function placeOf(path: string, words: string, from = 0): ActionResult['place'] {
  const text = textOf(path)
  const start = text.indexOf(words, from)
  if (start < 0) throw new Error(`'${words}' does not stand in ${path}`)
  return { path, start: pointAt(text, start), end: pointAt(text, start + words.length) }
}

function pointAt(text: string, offset: number) {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, offset }
}

function textOf(path: string): string {
  const known = texts.get(path)
  if (known !== undefined) return known
  const text = readFileSync(new URL(path.replace('docs/', ''), folder), 'utf8')
  texts.set(path, text)
  return text
}
