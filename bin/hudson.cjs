'use strict'
// Finds a Node that is new enough before anything else is loaded: an old one would crash on the native database instead
// of saying so. Written in the syntax of old Nodes for that reason. For every system; bin/hudson is the shell's way here.
var path = require('path')

function isNewEnough(version) {
  var parts = version.split('.').map(Number)
  return parts[0] > 22 || (parts[0] === 22 && parts[1] >= 12)
}

if (isNewEnough(process.versions.node)) module.exports = require('./run.mjs')
else runWithOwnNode()

function runWithOwnNode() {
  var file = process.platform === 'win32' ? 'node.exe' : 'node'
  var own = path.join(__dirname, '..', 'node_modules', 'node', 'bin', file)
  if (!require('fs').existsSync(own)) {
    process.stderr.write(
      'Hudson needs Node 22.12 or newer; this is ' +
        process.versions.node +
        '. Run "npm ci" in its folder, which brings ' +
        'one, or install a newer Node from https://nodejs.org.\n',
    )
    process.exit(1)
  }
  var args = [__filename].concat(process.argv.slice(2))
  var child = require('child_process').spawn(own, args, { stdio: 'inherit' })
  ;['SIGTERM', 'SIGINT', 'SIGHUP'].forEach(function (signal) {
    process.on(signal, function () {
      child.kill(signal)
    })
  })
  child.on('exit', function (code) {
    process.exit(code === null ? 1 : code)
  })
}
