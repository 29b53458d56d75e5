import type { Action } from '../action/action.ts'

/** The article's names and what this run calls them. */
export type Names = Record<string, string>

/**
 * The run's own name for a name of the article: `myVault` becomes `myVault-k3x9q2`, cut to what the type allows.
 * The run's id is never cut: it keeps nights and authors apart.
 */
export function ownName(name: string, run: string, rules: { maxLength: number; separator: string }): string {
  const suffix = rules.separator + run
  return name.slice(0, Math.max(1, rules.maxLength - suffix.length)) + suffix
}

/**
 * A text with every name of the article replaced where it stands as a whole word: `(new) myVM-ip` too, because the
 * portal derives such texts from what was typed, but not `myVMs`.
 */
export function withOwnNames(text: string, names: Names): string {
  const known = Object.keys(names).sort((a, b) => b.length - a.length)
  if (known.length === 0) return text
  const whole = new RegExp(`(?<![\\p{L}\\p{N}])(?:${known.map(escapeRegExp).join('|')})(?![\\p{L}\\p{N}])`, 'gu')
  return text.replace(whole, name => names[name] ?? name)
}

/** The action as this run carries it out. */
export function renameAction(action: Action, names: Names): Action {
  const renamed: Action = { ...action, where: action.where.map(place => withOwnNames(place, names)) }
  if (renamed.target !== undefined) renamed.target = withOwnNames(renamed.target, names)
  if ('value' in renamed && renamed.value !== undefined) renamed.value = withOwnNames(renamed.value, names)
  if (renamed.do === 'run') renamed.code = withOwnNames(renamed.code, names)
  return renamed
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
