import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

/** Writes how many tests passed and failed, and which were skipped and why, as JSON to the file of HUDSON_TEST_REPORT. */
export default class CountReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const report = { passed: 0, failed: unhandledErrors.length, skipped: [] }
    for (const module of modules) {
      // A file that cannot be loaded has no tests to fail.
      if (module.errors().length > 0) report.failed += 1
      for (const test of module.children.allTests()) count(test, module, report)
    }
    writeFileSync(process.env.HUDSON_TEST_REPORT, JSON.stringify(report))
  }
}

function count(test, module, report) {
  const { state, note } = test.result()
  if (state === 'passed') report.passed += 1
  else if (state === 'skipped') {
    report.skipped.push({ name: test.fullName, file: relative(process.cwd(), module.moduleId), note })
  } else report.failed += 1
}
