import { EntityProvider } from '@backstage/plugin-catalog-react';
import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { anInstance, REF } from '../../__testUtils__/fixtures';
import { BASE, renderAkko } from '../../__testUtils__/renderAkko';
import { BootstrapCard } from './BootstrapCard';

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function render(annotation = REF) {
  return renderAkko(
    <EntityProvider
      entity={{
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: {
          name: 'akko',
          annotations: { 'akko.io/instance': annotation },
        },
      }}
    >
      <BootstrapCard />
    </EntityProvider>,
  );
}

function answer(body: object, status = 200) {
  server.use(
    http.get(`${BASE}/instances/prod-eu/akko/akko`, () =>
      HttpResponse.json(body, { status }),
    ),
  );
}

describe('the bootstrap health card', () => {
  it('is calm when all is well', async () => {
    answer(anInstance({}));
    await render();
    expect(await screen.findByText('All 9 jobs done')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Re-run/ })).toBeNull();
    expect(screen.getByRole('link', { name: 'Open' })).toHaveAttribute(
      'href',
      `/akko/${REF}`,
    );
  });

  it('names what failed and why, and offers the re-run', async () => {
    answer(anInstance());
    await render();
    expect(
      await screen.findByText('Keycloak refuses the admin password'),
    ).toBeVisible();
    expect(
      await screen.findByRole('button', { name: 'Re-run 1 failed job' }),
    ).toBeEnabled();
  });

  it('says how to write an annotation that is no instance', async () => {
    await render('prod-eu');
    expect(
      await screen.findByText(/Write it as cluster\/namespace\/release/),
    ).toBeVisible();
  });

  it('says what to check where the instance is not known', async () => {
    answer(
      {
        error: {
          name: 'AkkoError',
          message: 'There is no AKKO instance',
          code: 'unknown-instance',
        },
      },
      404,
    );
    await render();
    expect(
      await screen.findByText(
        /The portal knows no instance prod-eu\/akko\/akko/,
      ),
    ).toBeVisible();
  });
});
