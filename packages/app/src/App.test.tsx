import { render, screen } from '@testing-library/react';
import { app } from './App';

describe('the portal', () => {
  const environment = process.env;

  beforeEach(() => {
    process.env = {
      ...environment,
      NODE_ENV: 'test',
      APP_CONFIG: [
        {
          context: 'test',
          data: {
            app: { title: 'AKKO', baseUrl: 'http://localhost:3000' },
            backend: { baseUrl: 'http://localhost:7007' },
          },
        },
      ] as any,
    };
  });

  afterEach(() => {
    process.env = environment;
  });

  it('says so when nobody can be signed in, because the backend does not answer', async () => {
    jest
      .spyOn(globalThis, 'fetch')
      .mockRejectedValue(new TypeError('Failed to fetch'));
    render(app.createRoot());
    expect(
      // Its parts are loaded first.
      (
        await screen.findAllByText(/Failed to fetch/, {}, { timeout: 25_000 })
      )[0],
    ).toBeInTheDocument();
  });
});
