/** What a block of shell code is seen to do before it runs. */
export interface ShellReading {
  /** Resource groups that it creates, by name. */
  resourceGroups: string[]
  problem?: { message: string; remedy: string }
}

/** The fence languages that the shell surface runs. */
export const shellLanguages = [
  'bash',
  'sh',
  'shell',
  'azurecli',
  'azurecli-interactive',
  'azure-cli',
  'azure-cli-interactive',
  'bash-interactive',
]

/**
 * Reads a block of shell code as far as that must be known before it runs: what it creates, and placeholders such as
 * `<resource-group>` that a reader was to replace.
 *
 * @param language the fence's; a command inside of a sentence is its own.
 * @param earlier the code that ran before in the same session: its variables last.
 */
export function readShell(code: string, language = 'bash', earlier = ''): ShellReading {
  const variables: Variables = new Map()
  readCommands(earlier, variables)
  const made = readCommands(code, variables)
  const resourceGroups = made.filter(name => name !== undefined)
  const problem = problemOf(code, language, made.length > resourceGroups.length)
  return { resourceGroups, ...(problem ? { problem } : {}) }
}

function problemOf(code: string, language: string, untold: boolean): ShellReading['problem'] {
  const placeholder = /<[A-Za-z](?:[\w -]*\w)?>/.exec(withoutHereDocuments(code))?.[0]
  if (placeholder)
    return {
      message: `it holds the placeholder ${placeholder}.`,
      remedy: 'Give the value as a shell variable, or skip the step in the runbook with a reason.',
    }
  if (!isShell(code, language))
    return {
      message: `only ${shellLanguages.slice(0, 4).join(', ')} are run.`,
      remedy: 'Skip the step in the runbook with a reason.',
    }
  if (untold)
    return {
      message: 'it makes a resource group whose name only the run itself would tell, too late to note it for clean-up.',
      remedy: 'Write the name out, or as a plain assignment to a variable; or skip the step in the runbook.',
    }
  return undefined
}

/** A command inside of a sentence is no fence; a cmdlet is PowerShell's. */
function isShell(code: string, language: string): boolean {
  return shellLanguages.includes(language) || (code === language && !/^(?:pwsh\b|[A-Z][a-z]+-[A-Z])/.test(code))
}

/** Values by name; undefined where only the run could tell. */
type Variables = Map<string, string | undefined>

/** Follows plain assignments through code. @returns the resource groups that it makes; undefined for a name that nobody can tell. */
function readCommands(code: string, variables: Variables): (string | undefined)[] {
  return commandsOf(code).flatMap(words => {
    const inner = words.flatMap(word =>
      [...word.matchAll(substitution)].flatMap(([, one, other]) =>
        readCommands(one ?? other ?? '', new Map(variables)),
      ),
    )
    for (const word of words) {
      const [, name, value] = /^(\w+)=([\s\S]*)$/.exec(word) ?? []
      if (name !== undefined) variables.set(name, expand(value ?? '', variables))
      else if (!/^(?:export|readonly|declare|local|-\w+)$/.test(word)) break
    }
    const at = words.findIndex((word, index) => word === 'az' && words[index + 1] === 'group')
    if (at < 0 || words[at + 2] !== 'create') return inner
    return [...inner, nameAmong(words.slice(at + 3), variables)]
  })
}

const substitution = /\$\(([^()]*)\)|`([^`]*)`/g

/** The commands of a piece of code, each as its words, as they are written. Comments and here-documents are none. */
function commandsOf(code: string): string[][] {
  const commands: string[][] = [[]]
  for (const [token] of withoutHereDocuments(code.replace(/\\\r?\n/g, ' ')).matchAll(tokens)) {
    if (/^[\n;&|()]/.test(token)) commands.push([])
    else if (!token.startsWith('#')) commands.at(-1)?.push(token)
  }
  return commands.filter(words => words.length > 0)
}

const tokens =
  /(?<![^\s;&|()])#[^\n]*|[\n;&|()]+|(?:"(?:[^"\\]|\\.)*"|'[^']*'|\$\([^()]*\)|`[^`]*`|\\.|[^\s;&|()"'`\\])+/g

/** > | az group create --name=myGroup -l westus */
function nameAmong(words: readonly string[], variables: Variables): string | undefined {
  const at = words.findIndex(word => nameOption.test(word))
  const [, , value] = nameOption.exec(words[at] ?? '') ?? []
  const word = value ?? words[at + 1]
  return word === undefined ? undefined : expand(word, variables)
}

const nameOption = /^(-n|--name|-g|--resource-group)(?:=([\s\S]+))?$/

/** The value of a word, as far as quotes and known variables make it up; undefined where only the run could tell. */
function expand(word: string, variables: Variables): string | undefined {
  let value = ''
  for (const [, double, single, escaped, bare] of word.matchAll(parts)) {
    if (single !== undefined || escaped !== undefined) value += single ?? escaped
    const text = double ?? bare
    if (text === undefined) continue
    const known = text.replace(
      /\$(?:\{(\w+)\}|([A-Za-z_]\w*))/g,
      (whole, braced?: string, plain?: string) => variables.get(braced ?? plain ?? '') ?? whole,
    )
    if (/[$`]/.test(known)) return undefined
    value += known
  }
  return value === '' ? undefined : value
}

const parts = /"((?:[^"\\]|\\.)*)"|'([^']*)'|\\([\s\S])|([^"'\\]+)/g

function withoutHereDocuments(code: string): string {
  return code.replace(/<<-?\s*(['"]?)(\w+)\1[\s\S]*?^\s*\2\s*$/gm, '')
}
