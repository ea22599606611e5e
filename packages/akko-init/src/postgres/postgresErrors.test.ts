import { isAlreadyThere, postgresError, sqlStateOf } from './postgresErrors';

function errorOf(code: string | undefined, message = 'the reason') {
  return postgresError(
    Object.assign(new Error(message), { code }),
    'akko-postgresql:5432',
    'create the database mlflow',
  );
}

describe('postgresError', () => {
  it.each([
    ['28P01', 'authentication-failed'],
    ['28000', 'authentication-failed'],
    ['42501', 'permission-denied'],
    ['3D000', 'not-found'],
    ['0A000', 'misconfigured'],
    ['57P03', 'service-unavailable'],
    ['57P01', 'service-unavailable'],
    ['53300', 'service-unavailable'],
    ['55006', 'service-unavailable'],
    ['08006', 'service-unavailable'],
    ['55P03', 'timeout'],
    ['XX000', 'internal'],
  ])('knows what SQLSTATE %s means', (sqlState, code) => {
    expect(errorOf(sqlState)).toMatchObject({
      code,
      service: 'postgresql',
      message: `postgresql at akko-postgresql:5432 refused to create the database mlflow: the reason (SQLSTATE ${sqlState}).`,
      nextStep: expect.any(String),
    });
  });

  it.each([
    ['ECONNREFUSED', 'refused'],
    ['EPIPE', 'the connection was cut (EPIPE)'],
  ])('takes %s for a failure of the network', (code, words) => {
    expect(errorOf(code)).toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining(words),
    });
  });

  it('takes a connection that was cut for a server that went away', () => {
    expect(
      errorOf(undefined, 'Connection terminated unexpectedly'),
    ).toMatchObject({
      code: 'service-unavailable',
      message: expect.stringContaining('the connection was cut'),
    });
  });

  it('keeps the SQLSTATE', () => {
    expect(sqlStateOf(errorOf('42P04'))).toBe('42P04');
    expect(isAlreadyThere(errorOf('42P04'))).toBe(true);
    expect(isAlreadyThere(errorOf('42501'))).toBe(false);
    expect(isAlreadyThere(new Error('something else'))).toBe(false);
  });
});
