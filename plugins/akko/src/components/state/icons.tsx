import SvgIcon, { type SvgIconProps } from '@material-ui/core/SvgIcon';

/** A shield with a question mark: nothing has proven it. Material's icons of this line have none. */
export function ShieldQuestionIcon(props: SvgIconProps) {
  return (
    <SvgIcon {...props}>
      <path d="M12 1 3 5v6c0 5.55 3.84 10.74 9 12 5.16-1.26 9-6.45 9-12V5l-9-4zm7 10c0 4.52-2.98 8.69-7 9.93-4.02-1.24-7-5.41-7-9.93V6.3l7-3.11 7 3.11V11z" />
      <path d="M11 15.5h2v2h-2zm1-9c-1.93 0-3.5 1.4-3.5 3.25h2c0-.83.67-1.4 1.5-1.4s1.5.57 1.5 1.4c0 1.3-2.5 1.55-2.5 4.25h2c0-1.8 2.5-2.05 2.5-4.25C15.5 7.9 13.93 6.5 12 6.5z" />
    </SvgIcon>
  );
}
