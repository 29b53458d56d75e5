/** Where a run keeps pictures of a step until they were compared with the article's own, under its output folder. */
export const captureFolder = (plan: string, step: string): string => `captures/${plan}/${step}`
