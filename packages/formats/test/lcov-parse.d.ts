declare module 'lcov-parse' {
  interface Found<Detail> {
    readonly details: readonly Detail[]
  }
  export interface LcovFile {
    readonly title: string
    readonly file: string
    readonly lines: Found<{ readonly line: number; readonly hit: number }>
    readonly functions: Found<{ readonly name: string; readonly line: number; readonly hit?: number }>
    readonly branches: Found<{ readonly line: number; readonly taken: number }>
  }
  export default function parse(
    text: string,
    callback: (error: string | null, files: LcovFile[] | undefined) => void,
  ): void
}
