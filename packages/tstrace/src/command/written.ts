/** Writes, and waits until it is out: what still waits is lost if a signal ends the process. */
export function written(stream: NodeJS.WriteStream, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    // What cannot be written is heard of by whoever listens to the stream.
    stream.write(text, () => resolve())
  })
}
