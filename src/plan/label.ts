/**
 * A label as two people would agree on it: case, white space, a leading `+` that stands for an icon and closing
 * punctuation don't count. For comparing what articles say with what runbooks and resource types say; what is on
 * screen is compared by the portal surface, which reports each difference.
 */
export function foldLabel(label: string): string {
  return label
    .normalize('NFKC')
    .replace(/^\s*\+\s*/, '')
    .replace(/[\s:.…*]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

export function isOneOf(label: string | undefined, labels: readonly string[] = []): boolean {
  return label !== undefined && labels.some(each => foldLabel(each) === foldLabel(label))
}
