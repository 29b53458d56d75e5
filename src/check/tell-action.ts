/** An action in a few words: `set “Region” = “West US”`. */
export function tellAction(action: { do: string; target?: string; value?: string | undefined }): string {
  const { target, value } = action
  return `${action.do}${target === undefined ? '' : ` “${target}”`}${value === undefined ? '' : ` = “${value}”`}`
}
