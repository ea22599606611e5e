import { Content, Header, Page } from '@backstage/core-components';
import { configApiRef, useApi } from '@backstage/core-plugin-api';
import { CustomHomepageGrid } from '@backstage/plugin-home';
import type { HomePageLayoutProps } from '@backstage/plugin-home-react/alpha';
import { Fragment, useMemo } from 'react';

/** The widgets below a header: without one the page has no heading and no main part for those who do not see it. */
export const HomeLayout = ({ defaultConfig, widgets }: HomePageLayoutProps) => {
  const title = useApi(configApiRef).getOptionalString('app.title');
  const places = useMemo(
    () =>
      defaultConfig?.map(({ column, row, ...place }) => ({
        ...place,
        x: column,
        y: row,
      })),
    [defaultConfig],
  );
  return (
    <Page themeId="home">
      <Header title={title} pageTitleOverride="Home" />
      <Content>
        <CustomHomepageGrid config={places} title="Home">
          {widgets.map(({ component, name }, index) => (
            <Fragment key={name ?? index}>{component}</Fragment>
          ))}
        </CustomHomepageGrid>
      </Content>
    </Page>
  );
};
