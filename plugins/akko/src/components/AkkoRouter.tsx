import { ErrorPage } from '@backstage/core-components';
import { Route, Routes, useParams } from 'react-router-dom';
import { instanceRouteRef, runRouteRef } from '../routes';
import { FleetPage } from './fleet/FleetPage';
import { InstancePage } from './instance/InstancePage';
import { RunPage } from './run/RunPage';

/** All pages below `/akko`. */
export function AkkoRouter() {
  return (
    <Routes>
      <Route path="/" element={<FleetPage />} />
      <Route path={instanceRouteRef.path} element={<InstanceRoute />} />
      <Route path={runRouteRef.path} element={<RunRoute />} />
      <Route path="*" element={<ErrorPage status="404" statusMessage="" />} />
    </Routes>
  );
}

function InstanceRoute() {
  const ref = useInstanceRef();
  return <InstancePage key={ref} instanceRef={ref} />;
}

function RunRoute() {
  const { run = '' } = useParams();
  return <RunPage key={run} instanceRef={useInstanceRef()} run={run} />;
}

function useInstanceRef(): string {
  const { cluster, namespace, release } = useParams();
  return `${cluster}/${namespace}/${release}`;
}
