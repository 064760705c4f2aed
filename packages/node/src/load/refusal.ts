/**
 * The error for a file that cannot be compiled. Its stack is its sentence: the frames would be ours, and what is wrong is
 * in the file.
 */
export function refusal(sentence: string): SyntaxError {
  const error = new SyntaxError(sentence)
  error.stack = `SyntaxError: ${sentence}`
  return error
}
