import { existsSync, readFileSync } from 'node:fs';

/** Adds up what test programs report. A program that failed without counting a failure counts as one, so that the sum tells the truth. */
export class TestTotals {
  #passed = 0;
  #failed = 0;
  #problems = [];

  /** A check that has no tests of its own, such as a type check. */
  addCheck(title, code) {
    this.#add(title, 0, 0, code);
  }

  /** @param {string} file what jest wrote with --json --outputFile */
  addJest(title, file, code) {
    const result = read(file);
    this.#add(
      title,
      result?.numPassedTests ?? 0,
      (result?.numFailedTests ?? 0) + (result?.numRuntimeErrorTestSuites ?? 0),
      code,
    );
  }

  /** @param {string} file what Playwright's json reporter wrote */
  addPlaywright(title, file, code) {
    const result = read(file);
    this.#add(
      title,
      (result?.stats.expected ?? 0) + (result?.stats.flaky ?? 0),
      (result?.stats.unexpected ?? 0) + (result?.errors.length ?? 0),
      code,
    );
  }

  /** @returns {number} exit code */
  print() {
    if (this.#problems.length > 0) {
      console.log(`\nFailed:\n${this.#problems.join('\n')}`);
    }
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed > 0 ? 1 : 0;
  }

  #add(title, passed, failed, code) {
    this.#passed += passed;
    this.#failed += failed === 0 && code !== 0 ? 1 : failed;
    if (failed > 0 || code !== 0) {
      this.#problems.push(`${title}: ${failed} failed, exit code ${code}`);
    }
  }
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
