import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const ITERATIONS = 4096;

/**
 * A password as PostgreSQL stores it. Sent in place of the password, as psql's `\password` does, so that it stands in no log of the server.
 * Source: RFC 5802 and 7677; PostgreSQL documentation, catalog pg_authid.
 */
export function scramVerifier(
  password: string,
  salt: Buffer = randomBytes(16),
): string {
  const salted = pbkdf2Sync(
    // What SASLprep comes to for passwords that can be typed.
    password.normalize('NFKC'),
    salt,
    ITERATIONS,
    32,
    'sha256',
  );
  const hmac = (text: string) =>
    createHmac('sha256', salted).update(text).digest();
  const storedKey = createHash('sha256').update(hmac('Client Key')).digest();
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString(
    'base64',
  )}$${storedKey.toString('base64')}:${hmac('Server Key').toString('base64')}`;
}
