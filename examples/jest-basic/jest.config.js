module.exports = {
  reporters: ['default', 'tstrace/jest'],
}
