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
 */
export function readShell(code: string, language = 'bash'): ShellReading {
  const resourceGroups = [...code.matchAll(groupCreate)].flatMap(([command]) => {
    const [, quote = '', name = ''] =
      /\s(?:-n|--name|-g|--resource-group)[\s=]+(["']?)([^\s"']+)\1/.exec(command.replace(/\\\n/g, ' ')) ?? []
    const value = name.startsWith('$') && quote !== "'" ? assigned(code, name) : name
    return value ? [value] : []
  })
  const placeholder = /<[A-Za-z][\w -]*>/.exec(withoutHereDocuments(code))?.[0]
  if (placeholder)
    return {
      resourceGroups,
      problem: {
        message: `it holds the placeholder ${placeholder}.`,
        remedy: 'Give the value as a shell variable, or skip the step in the runbook with a reason.',
      },
    }
  if (!shellLanguages.includes(language) && /^[a-z-]+$/.test(language))
    return {
      resourceGroups,
      problem: {
        message: `only ${shellLanguages.slice(0, 4).join(', ')} are run.`,
        remedy: 'Skip the step in the runbook with a reason.',
      },
    }
  return { resourceGroups }
}

const groupCreate = /\baz\s+group\s+create\b(?:[^\n\\]|\\\n|\\.)*/g

/** The value that a plain assignment in the same block gives to `$NAME` or `${NAME}`. */
function assigned(code: string, reference: string): string | undefined {
  const name = reference.replace(/^\$\{?|\}$/g, '')
  return new RegExp(`(?:^|\\s|export )${name.replace(/\W/g, '')}=(["']?)([\\w.()-]+)\\1`, 'm').exec(code)?.[2]
}

function withoutHereDocuments(code: string): string {
  return code.replace(/<<-?\s*(['"]?)(\w+)\1[\s\S]*?^\s*\2\s*$/gm, '')
}
