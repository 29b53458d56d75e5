/** The text of an article or include by its SHA-256, undefined where it was not kept. */
export type Sources = (sha256: string) => string | undefined
