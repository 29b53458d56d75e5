import { existsSync, readFileSync } from 'node:fs'
import { expect, test as base } from '@playwright/test'
import type { Run } from '../../src/action/action.ts'
import { openShell, type Shell } from '../../src/execution/shell/shell.ts'
import { StepFailure } from '../../src/execution/step-failure.ts'
import { planOf } from '../plan/plan-of.ts'

const place = {
  path: 'article.md',
  start: { line: 7, column: 5, offset: 90 },
  end: { line: 9, column: 8, offset: 120 },
}

interface World {
  /** Runs a block. @returns what it printed. */
  run(code: string): Promise<string>
  /** Runs a block that fails. */
  fail(code: string): Promise<StepFailure>
  shell: Shell
}

const test = base.extend<{ limit: number; secrets: Record<string, string>; allowShell: boolean; world: World }>({
  limit: [20_000, { option: true }],
  secrets: [{}, { option: true }],
  allowShell: [true, { option: true }],
  world: async ({ limit, secrets, allowShell }, use) => {
    const plan = planOf('# Empty\n', { allowShell, runbook: { limits: { step: limit / 1000 } } })
    const shell = openShell({ plan, secrets })
    const block = (code: string): Run => ({ do: 'run', target: 'bash', code, where: [], place })
    await use({
      shell,
      async run(code) {
        const outcome = await shell.run(block(code), place)
        expect(outcome.status).toBe('passed')
        return shell.takeOutput() ?? ''
      },
      async fail(code) {
        const error = await shell.run(block(code), place).then(
          () => undefined,
          (reason: unknown) => reason,
        )
        expect(error).toBeInstanceOf(StepFailure)
        return error as StepFailure
      },
    })
    await shell.close()
  },
})

/** Whether a process is there; a zombie isn't. */
function isAlive(pid: string): boolean {
  const status = `/proc/${pid.trim()}/status`
  return existsSync(status) && !/^State:\s+Z/m.test(readFileSync(status, 'utf8'))
}

test('keeps variables, functions and the working directory from block to block', async ({ world }) => {
  await world.run('COLOUR=copper\nexport SHAPE=disk\nmkdir -p deep && cd deep\ngreet() { echo "hello $1"; }\nalias x=y')
  expect(await world.run('echo "$COLOUR $(printenv SHAPE) $(basename "$PWD")"; greet you')).toBe(
    'copper disk deep\nhello you\n',
  )
})

test('gives each session a folder of its own, which goes with it', async ({ world }) => {
  const folder = (await world.run('pwd; touch left-behind')).trim()
  expect(existsSync(`${folder}/left-behind`)).toBe(true)
  expect(folder).not.toBe(process.cwd())
  await world.shell.close()
  expect(existsSync(folder)).toBe(false)
})

const failing: [what: string, code: string, status: number, printed: string][] = [
  ['a command in the middle', 'echo one\nfalse\necho two', 1, 'one'],
  ['a command with an exit code of its own', 'echo one\n(exit 42)\necho two', 42, 'one'],
  ['a command that does not exist', 'no-such-command-here', 127, 'no-such-command-here: command not found'],
  ['the last command', 'echo one\nls /no/such/folder', 2, 'No such file or directory'],
  ['an exit with a code', 'echo one\nexit 7\necho two', 7, 'one'],
  ['a syntax error', 'if true; then echo', 2, 'syntax error'],
  ['words without a line break at the end', 'printf "no line break"\nfalse', 1, 'no line break'],
  ['something left running in the background', 'echo one\nsleep 60 &\nfalse', 1, 'one'],
]

for (const [what, code, status, printed] of failing)
  test(`stops at ${what}, and says so with exit code ${status}`, async ({ world }) => {
    const began = Date.now()
    const failure = await world.fail(code)
    expect(failure.problem).toMatchObject({ rule: 'shell-failed', place })
    expect(failure.verdict).toBe('doc')
    expect(failure.message).toContain(`exit code ${status}`)
    expect(failure.problem.found?.join('\n')).toContain(printed)
    expect(failure.problem.found?.join('\n')).not.toContain('two')
    expect(Date.now() - began).toBeLessThan(10_000)
    expect(world.shell.takeOutput()).toContain(printed)
  })

const passing: [what: string, code: string, printed: string][] = [
  ['a failing command that is provided for', 'false || echo provided', 'provided\n'],
  ['a failing condition', 'if false; then echo no; fi; echo yes', 'yes\n'],
  ['no line break at the end', 'printf "no line break"', 'no line break'],
  ['no output at all', 'true', ''],
  ['words on standard error', 'echo out; echo err >&2; echo out', 'out\nerr\nout\n'],
  ['words in other scripts', 'printf "保管庫 für alle\\n"', '保管庫 für alle\n'],
  ['a here-document', "cat <<'EOF'\nname: $x\nEOF", 'name: $x\n'],
  ['a here-document with a variable', 'X=copper\ncat <<EOF\nname: $X\nEOF', 'name: copper\n'],
  ['a command that would read from the keyboard', 'read -r ANSWER || echo "nobody answered"', 'nobody answered\n'],
  ['a program that reads all its input', 'cat; echo end', 'end\n'],
  ['quotes of all kinds', `echo 'it'"'"'s' "a \\"b\\"" \\\`c`, 'it\'s a "b" `c\n'],
  ['a line that goes on', 'echo one \\\n  two', 'one two\n'],
  ['Windows line ends', 'echo one\r\necho two\r\n', 'one\ntwo\n'],
]

for (const [what, code, printed] of passing)
  test(`runs code with ${what}`, async ({ world }) => {
    expect(await world.run(code)).toBe(printed)
  })

test('loses no end of a block, however its output is cut into pieces', async ({ world }) => {
  for (const length of [4095, 4096, 8191, 65_534, 65_535, 65_536, 131_071])
    expect((await world.run(`head -c ${length} /dev/zero | tr '\\0' x; echo`)).trim()).toHaveLength(
      Math.min(length, 19_999),
    )
})

test('keeps the end of a long output', async ({ world }) => {
  const printed = await world.run('seq 1 20000')
  expect(printed.length).toBeLessThanOrEqual(20_000)
  expect(printed).toMatch(/\n20000\n$/)
})

test('tells only what was printed since the last time', async ({ world }) => {
  expect(await world.run('echo one')).toBe('one\n')
  expect(await world.run('echo two')).toBe('two\n')
  expect(world.shell.takeOutput()).toBeUndefined()
})

test('goes on after an exit with code 0 as a reader would: in a new shell, never green without running', async ({
  world,
}) => {
  await world.run('echo one; exit 0')
  const failure = await world.fail('false')
  expect(failure.message).toContain('exit code 1')
  expect(await world.run('echo two')).toBe('two\n')
})

test('carries nothing on from a session that a failure ended', async ({ world }) => {
  await world.fail('KEPT=yes\nfalse')
  world.shell.takeOutput()
  expect(await world.run('echo "kept: ${KEPT:-no}"')).toBe('kept: no\n')
})

test.describe('with a short time limit', () => {
  test.use({ limit: 700 })

  test('ends the whole process group when the time is over', async ({ world }) => {
    const failure = await world.fail('sleep 61 & echo "pid $!"; sleep 62')
    expect(failure.problem.rule).toBe('shell-timed-out')
    expect(failure.timedOut).toBe(true)
    const pid = /pid (\d+)/.exec(world.shell.takeOutput() ?? '')?.[1] ?? ''
    expect(pid).not.toBe('')
    await expect.poll(() => isAlive(pid)).toBe(false)
  })

  test('ends what waits for an answer for ever', async ({ world }) => {
    const failure = await world.fail('tail -f /dev/null')
    expect(failure.message).toContain('within 1 s')
  })
})

test('ends what was left in the background when it closes', async ({ world }) => {
  const pid = await world.run('sleep 63 > /dev/null 2>&1 & echo $!')
  expect(isAlive(pid)).toBe(true)
  await world.shell.close()
  await expect.poll(() => isAlive(pid)).toBe(false)
})

test('waits for nothing that a block leaves in the background', async ({ world }) => {
  const began = Date.now()
  await world.run('sleep 64 &')
  expect(Date.now() - began).toBeLessThan(5_000)
})

test('closes a session that was never opened', async ({ world }) => {
  await world.shell.close()
  await world.shell.close()
})

test.describe('with secrets around', () => {
  test.use({ secrets: { 'cloud-0': 'canary-7431', other: 'canary-7432' } })

  const variables: [name: string, value: string, visible: boolean][] = [
    ['VERBATIM_ORDERS', '{"cloud":1}', false],
    ['CLIENT', 'canary-7431', false],
    ['CONNECTION', 'user=a;key=canary-7432;', false],
    ['GITHUB_TOKEN', 'gho_1', false],
    ['AZURE_CLIENT_SECRET', 'another', false],
    ['DATABASE_PASSWORD', 'another', false],
    ['STORAGE_ACCOUNT_KEY', 'another', false],
    ['SYSTEM_ACCESSTOKEN', 'another', false],
    ['npm_config_registry', 'x', false],
    ['COLOUR', 'copper', true],
    ['KEYBOARD', 'qwerty', true],
    ['HOME', process.env['HOME'] ?? '', true],
  ]

  for (const [name, value, visible] of variables)
    test(`${visible ? 'shows' : 'hides'} the variable ${name} ${visible ? 'to' : 'from'} the article’s code`, async ({
      world,
    }) => {
      const before = process.env[name]
      process.env[name] = value
      try {
        expect(await world.run(`[ -n "\${${name}+x}" ] && echo seen || echo hidden`)).toBe(
          visible ? 'seen\n' : 'hidden\n',
        )
      } finally {
        if (before === undefined) delete process.env[name]
        else process.env[name] = before
      }
    })

  test('masks a secret that the code prints, in its output and in its failure', async ({ world }) => {
    expect(await world.run('echo "the key is canary-74""31"')).toBe('the key is ***\n')
    const failure = await world.fail('echo canary-74""32; false')
    expect(failure.message).not.toContain('canary')
    expect(JSON.stringify(failure.problem)).not.toContain('canary')
  })
})

test.describe('where shell code is not allowed', () => {
  test.use({ allowShell: false })

  test('runs nothing', async ({ world }) => {
    const path = test.info().outputPath('touched')
    const failure = await world.fail(`touch '${path}'`)
    expect(failure.problem.rule).toBe('shell-not-allowed')
    expect(existsSync(path)).toBe(false)
  })
})
