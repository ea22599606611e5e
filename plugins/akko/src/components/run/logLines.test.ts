import { errorLineIn, linesOf, matchesIn } from './logLines';

describe('linesOf', () => {
  it.each([
    ['', []],
    ['one', ['one']],
    ['one\n', ['one']],
    ['one\n\ntwo\n', ['one', '', 'two']],
  ])('takes %j apart', (text, lines) => {
    expect(linesOf(text)).toEqual(lines);
  });
});

describe('matchesIn', () => {
  const lines = ['Bucket created', 'bucket unchanged', 'done'];

  it('finds lines whatever the case', () => {
    expect(matchesIn(lines, ' BUCKET')).toEqual([0, 1]);
  });

  it('finds nothing for no text', () => {
    expect(matchesIn(lines, '  ')).toEqual([]);
  });
});

describe('errorLineIn', () => {
  it('takes the last of several equal lines, which is the one that ended the run', () => {
    expect(errorLineIn(['refused', 'again', 'refused'], 'refused')).toBe(2);
  });

  it.each([undefined, 'not there'])('finds none for %s', line => {
    expect(errorLineIn(['a'], line)).toBe(-1);
  });
});
