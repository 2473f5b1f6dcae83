/** What `poolproof extract` is asked to do, and where its output goes. */

export interface ExtractOptions {
  /** Folder of schemas to write; its errata count, or ours if it has none. Without it nothing is written. */
  readonly out?: string | undefined
  readonly json?: boolean | undefined
  /** Folder of pages that the package's own schemas are held against. */
  readonly check?: string | undefined
}

export interface Output {
  stdout(text: string): void
  stderr(text: string): void
}
