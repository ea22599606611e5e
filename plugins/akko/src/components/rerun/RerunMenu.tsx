import {
  akkoJobRunPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { WhyNot } from '../common/WhyNot';
import { whyForbidden } from '../permissions/may';

/** What else than the failed jobs can run again. */
export function RerunMenu(props: {
  instance: Pick<Instance, 'activeOperations' | 'permissions'>;
  onRerun: (jobs: 'all' | 'choose') => void;
}) {
  const { instance, onRerun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const isBusy = instance.activeOperations.length > 0;
  const why =
    whyForbidden(instance, akkoJobRunPermission, t) ??
    (isBusy ? t('rerun.active') : undefined);
  return (
    <>
      <WhyNot why={why} hint={t('rerun.more')}>
        {barred => (
          <IconButton
            {...barred}
            size="small"
            color="primary"
            aria-label={t('rerun.more')}
            aria-haspopup="menu"
            aria-expanded={anchor !== undefined}
            onClick={
              why ? undefined : ({ currentTarget }) => setAnchor(currentTarget)
            }
          >
            <ExpandMoreIcon />
          </IconButton>
        )}
      </WhyNot>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        {(['all', 'choose'] as const).map(jobs => (
          <MenuItem
            key={jobs}
            onClick={() => {
              setAnchor(undefined);
              onRerun(jobs);
            }}
          >
            {t(`rerun.${jobs}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
