import { scramVerifier } from './scramVerifier';

describe('scramVerifier', () => {
  it('is what PostgreSQL itself makes of the same password and salt', () => {
    // Taken from pg_authid of PostgreSQL 17 after ALTER ROLE … PASSWORD 'pencil'.
    const stored =
      'SCRAM-SHA-256$4096:0Sl5JZeRUPz5QRJNhZIEqQ==$mA2FzmaCoAoRj5GiHvk423IsHhieGssZZGYWyBEjoN0=:MNo4Nv9+053/ro6EDJpRWAc84fm0DNkR5kSGfXiZcEQ=';
    const salt = Buffer.from(stored.split(/[:$]/)[2], 'base64');

    expect(scramVerifier('pencil', salt)).toBe(stored);
  });

  it('salts each one anew', () => {
    expect(scramVerifier('pencil')).not.toBe(scramVerifier('pencil'));
  });
});
