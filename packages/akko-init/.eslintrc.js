module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  rules: {
    'jest/no-standalone-expect': [
      'error',
      // What must hold after every test of a group; tests that need a right of the machine.
      { additionalTestBlockFunctions: ['afterEach', 'itWithSmallVolumes'] },
    ],
  },
});
