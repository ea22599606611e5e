import { akkoJobRunPermission } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';

/** What else than the failed jobs can run again. */
export function RerunMenu(props: {
  /** Another operation is active. */
  isBusy: boolean;
  onRerun: (jobs: 'all' | 'choose') => void;
}) {
  const { isBusy, onRerun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { allowed } = usePermission({ permission: akkoJobRunPermission });
  const [anchor, setAnchor] = useState<HTMLElement>();
  return (
    <>
      <IconButton
        size="small"
        color="primary"
        aria-label={t('rerun.more')}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        disabled={!allowed || isBusy}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <ExpandMoreIcon />
      </IconButton>
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
