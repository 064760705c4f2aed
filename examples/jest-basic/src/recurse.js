function recurse(level) {
  console.log(`recurse(${level})`)
  if (level) {
    recurse(level - 1)
  }
}

function notCalled() {
  console.log('This function is never called.')
}

module.exports = { recurse, notCalled }
