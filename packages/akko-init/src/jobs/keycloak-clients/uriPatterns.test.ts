import { expand, redirectUriProblem, webOriginProblem } from './uriPatterns';

it('puts the domain in every place of a pattern', () => {
  expect(expand('https://{domain}/to?back=bi.{domain}', 'akko.local')).toBe(
    'https://akko.local/to?back=bi.akko.local',
  );
});

it.each([
  'https://bi.{domain}/*',
  'https://bi.{domain}/oauth-authorized/keycloak',
  'http://akko-trino:8080/oauth2/callback',
])('takes the redirect URI %s', pattern => {
  expect(redirectUriProblem(pattern)).toBeUndefined();
});

it.each([
  ['https://*.{domain}/*', /wildcard in a host/],
  ['https://bi.{domain}*', /wildcard in a host/],
  ['https://*', /wildcard in a host/],
  ['*', /has the form/],
  ['/relative/*', /has the form/],
  ['https://bi.{domain}/*/callback', /only at the end/],
  ['https://bi.{domain}/callback?next=*', /only at the end/],
  ['https://bi.{domain}/callback#top', /fragment/],
  ['https://bi.{zone}/callback', /only placeholder/],
])('refuses the redirect URI %s', (pattern, problem) => {
  expect(redirectUriProblem(pattern)).toMatch(problem);
});

it.each(['https://bi.{domain}', 'https://bi.{domain}:8443', '+', '*'])(
  'takes the web origin %s',
  pattern => {
    expect(webOriginProblem(pattern)).toBeUndefined();
  },
);

it.each([
  ['https://*.{domain}', /wildcard in a host/],
  ['https://bi.{domain}/', /without a path/],
  ['bi.{domain}', /has the form/],
  ['https://{zone}', /only placeholder/],
])('refuses the web origin %s', (pattern, problem) => {
  expect(webOriginProblem(pattern)).toMatch(problem);
});
