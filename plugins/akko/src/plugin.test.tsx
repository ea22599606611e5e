import { renderTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import akkoPlugin, { akkoApiRef, isAkkoAvailable } from './index';
import {
  AkkoBackupsCard,
  AkkoPage,
  akkoPlugin as legacyPlugin,
} from './legacy';
import { rootRouteRef } from './routes';

const emptyApi: any = {
  fleetBackups: async () => ({ items: [], totals: {} }),
  clusters: async () => ({ items: [] }),
  instances: async () => ({
    items: [],
    totals: {
      total: 0,
      failed: 0,
      degraded: 0,
      progressing: 0,
      healthy: 0,
      unknown: 0,
    },
  }),
};

const apis = [
  [akkoApiRef, emptyApi],
  [catalogApiRef, catalogApiMock()],
] as const;

describe('the plugin', () => {
  it('shows the fleet in the new frontend system', async () => {
    renderTestApp({
      features: [akkoPlugin],
      initialRouteEntries: ['/akko'],
      apis,
    } as Parameters<typeof renderTestApp>[0]);
    expect(
      await screen.findByText('No AKKO instance was found', undefined, {
        timeout: 10_000,
      }),
    ).toBeInTheDocument();
  });

  it('shows the fleet in the former frontend system', async () => {
    expect([...legacyPlugin.getApis()].map(({ api }) => api.id)).toEqual([
      akkoApiRef.id,
    ]);
    await renderInTestApp(
      <TestApiProvider apis={apis}>
        <Routes>
          <Route path="/akko/*" element={<AkkoPage />} />
        </Routes>
      </TestApiProvider>,
      { routeEntries: ['/akko'], mountedRoutes: { '/akko': rootRouteRef } },
    );
    expect(
      await screen.findByText('No AKKO instance was found', undefined, {
        timeout: 10_000,
      }),
    ).toBeInTheDocument();
  });

  it('has a card for the home page of the former frontend system', async () => {
    await renderInTestApp(
      <TestApiProvider apis={apis}>
        <AkkoBackupsCard />
      </TestApiProvider>,
      { mountedRoutes: { '/akko': rootRouteRef } },
    );
    expect(
      await screen.findByText('No backup is known', undefined, {
        timeout: 10_000,
      }),
    ).toBeInTheDocument();
  });

  it('has a widget for the home page of the new frontend system', () => {
    expect(
      akkoPlugin.getExtension('home-page-widget:akko/backups'),
    ).toBeDefined();
  });

  it.each([
    [{ 'akko.io/instance': 'prod-eu/akko/akko' }, true],
    [{ 'other.io/instance': 'x' }, false],
    [undefined, false],
  ])('has a card for annotations %j: %s', (annotations, isAvailable) => {
    expect(
      isAkkoAvailable({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'akko', annotations },
      }),
    ).toBe(isAvailable);
  });
});
