import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { FORBIDDEN_MARK } from '../state/marks';
import { Notice } from './Notice';

/** In the place of what somebody may not see or do: which permission it needs, and who gives it. */
export function Forbidden(props: {
  /** Where it is more than one page or panel that cannot be seen. */
  title?: string;
  /** Name; undefined where it is not known which. */
  permission?: string;
}) {
  const { permission = 'akko.*', title } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Notice
      tone={FORBIDDEN_MARK.tone}
      mark={FORBIDDEN_MARK}
      title={title ?? t('error.forbidden')}
    >
      {t('error.forbiddenNext', { permission })}
    </Notice>
  );
}
