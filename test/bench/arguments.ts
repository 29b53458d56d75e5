/** A bench's command line. @throws Error for what it doesn't know. */
export function argumentsOf(args: readonly string[], known: { values: readonly string[]; flags: readonly string[] }) {
  const values = new Map<string, string>()
  const flags = new Set<string>()
  for (let at = 0; at < args.length; at++) {
    const name = args[at] ?? ''
    if (known.flags.includes(name)) flags.add(name)
    else if (known.values.includes(name) && args[at + 1] !== undefined) values.set(name, args[++at] ?? '')
    else
      throw new Error(
        `Unknown or incomplete option '${name}'. Known are ${[...known.values, ...known.flags].join(', ')}.`,
      )
  }
  return {
    value: (name: string) => values.get(name),
    list: (name: string) => values.get(name)?.split(',').filter(Boolean) ?? [],
    flag: (name: string) => flags.has(name),
    number(name: string): number | undefined {
      const value = values.get(name)
      if (value === undefined) return undefined
      if (/^\d+$/.test(value)) return Number(value)
      throw new Error(`${name} takes a whole number, not '${value}'.`)
    },
  }
}
